package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.torch.Form;
import io.glip4j.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * How the time of {@code tiny} grows with the picture's size, the prompt's length, the pictures of a pass and threads:
 * Markdown tables, and a plot of time against pixels.
 */
public final class CostReport {
    private static final int TOKENS = 48;
    private static final int THREADS = 2;
    private static final int PASSES = 2;
    private static final List<Integer> SIDES = List.of(320, 480, 640, 800, 1120, 1600);
    private static final List<Integer> LENGTHS = List.of(8, 16, 48, 128, 256);
    private static final double MILLION = 1e6;

    private CostReport() {}

    /** The file of the plot. */
    public static void main(String[] arguments) throws IOException {
        List<Double> pixels = new ArrayList<>();
        List<Double> fast = new ArrayList<>();
        List<Double> half = new ArrayList<>();
        say(
                "| square picture, pixels a side | fast form, s | s a million pixels | bfloat16, s | s a million pixels |%n");
        say("|---|---|---|---|---|%n");
        for (int side : SIDES) {
            Input input = new Input(side, side, TOKENS, THREADS);
            double area = (double) side * side / MILLION;
            pixels.add(area);
            fast.add(seconds(Form.FAST, input));
            half.add(seconds(Form.BFLOAT16, input));
            double last = fast.get(fast.size() - 1);
            double lastHalf = half.get(half.size() - 1);
            say("| %d | %.2f | %.2f | %.2f | %.2f |%n", side, last, last / area, lastHalf, lastHalf / area);
        }
        say("%n| tokens at 800 x 1344 | fast form, s | bfloat16, s |%n|---|---|---|%n");
        for (int tokens : LENGTHS) {
            Input input = new Input(800, 1344, tokens, THREADS);
            say("| %d | %.2f | %.2f |%n", tokens, seconds(Form.FAST, input), seconds(Form.BFLOAT16, input));
        }
        say("%n| pictures of 480 x 640 in a pass | fast form, s a picture | bfloat16, s a picture |%n|---|---|---|%n");
        for (int pictures : List.of(1, 2, 4, 8)) {
            Input input = new Input(pictures, 480, 640, TOKENS, THREADS);
            say(
                    "| %d | %.2f | %.2f |%n",
                    pictures, seconds(Form.FAST, input) / pictures, seconds(Form.BFLOAT16, input) / pictures);
        }
        say("%n| threads at 800 x 1344 | fast form, s | bfloat16, s |%n|---|---|---|%n");
        for (int threads : List.of(1, THREADS)) {
            Input input = new Input(800, 1344, TOKENS, threads);
            say("| %d | %.2f | %.2f |%n", threads, seconds(Form.FAST, input), seconds(Form.BFLOAT16, input));
        }
        plot(Path.of(arguments[0]), pixels, fast, half);
    }

    /** The least of a few passes after one to warm up. */
    private static double seconds(Form form, Input input) {
        TorchRuntime.setThreads(input.threads());
        try (Contender contender = new Contender(GlipConfig.preset("tiny"), form, input)) {
            contender.pass(new Series());
            double least = Double.POSITIVE_INFINITY;
            for (int pass = 0; pass < PASSES; pass++) {
                least = Math.min(least, contender.pass(new Series()));
            }
            return least;
        }
    }

    private static void plot(Path file, List<Double> pixels, List<Double> fast, List<Double> half) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(720)
                .height(420)
                .title("tiny, 48 tokens, 2 threads")
                .xAxisTitle("million pixels")
                .yAxisTitle("seconds")
                .build();
        chart.addSeries("fast form, float32", pixels, fast);
        chart.addSeries("fast form, bfloat16", pixels, half);
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
