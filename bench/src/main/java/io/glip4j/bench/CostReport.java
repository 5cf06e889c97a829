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
    private static final int PASSES = 1;
    private static final List<Integer> SIDES = List.of(320, 480, 640, 800, 1120, 1600);
    private static final List<Integer> LENGTHS = List.of(8, 16, 48, 128, 256);
    private static final double MILLION = 1e6;

    private CostReport() {}

    /** The file of the plot. */
    public static void main(String[] arguments) throws IOException {
        Input usual = new Input(800, 1344, TOKENS, THREADS);
        try (Contender fast = new Contender(GlipConfig.preset("tiny"), Form.FAST, usual);
                Contender half = new Contender(GlipConfig.preset("tiny"), Form.BFLOAT16, usual)) {
            bySize(fast, half, Path.of(arguments[0]));
            say("%n| tokens at 800 x 1344 | fast form, s | bfloat16, s |%n|---|---|---|%n");
            for (int tokens : LENGTHS) {
                row(tokens, fast, half, new Input(800, 1344, tokens, THREADS));
            }
            say("%n| pictures of 480 x 640 in a pass | fast form, s | bfloat16, s |%n|---|---|---|%n");
            for (int pictures : List.of(1, 2, 4, 8)) {
                row(pictures, fast, half, new Input(pictures, 480, 640, TOKENS, THREADS));
            }
            say("%n| threads at 800 x 1344 | fast form, s | bfloat16, s |%n|---|---|---|%n");
            for (int threads : List.of(THREADS, 1)) {
                row(threads, fast, half, new Input(800, 1344, TOKENS, threads));
            }
        }
    }

    private static void bySize(Contender fast, Contender half, Path file) throws IOException {
        List<Double> pixels = new ArrayList<>();
        List<Double> inFloat = new ArrayList<>();
        List<Double> inHalf = new ArrayList<>();
        say(
                "| square picture, pixels a side | fast form, s | s a million pixels | bfloat16, s | s a million pixels |%n");
        say("|---|---|---|---|---|%n");
        for (int side : SIDES) {
            Input input = new Input(side, side, TOKENS, THREADS);
            double area = (double) side * side / MILLION;
            double seconds = seconds(fast, input);
            double halved = seconds(half, input);
            pixels.add(area);
            inFloat.add(seconds);
            inHalf.add(halved);
            say("| %d | %.2f | %.2f | %.2f | %.2f |%n", side, seconds, seconds / area, halved, halved / area);
        }
        plot(file, pixels, inFloat, inHalf);
    }

    private static void row(int what, Contender fast, Contender half, Input input) {
        say("| %d | %.2f | %.2f |%n", what, seconds(fast, input), seconds(half, input));
    }

    /** The least of the passes after one to warm up. */
    private static double seconds(Contender contender, Input input) {
        TorchRuntime.setThreads(input.threads());
        double least = Double.POSITIVE_INFINITY;
        contender.pass(input, new Series());
        for (int pass = 0; pass < PASSES; pass++) {
            least = Math.min(least, contender.pass(input, new Series()));
        }
        return least;
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
