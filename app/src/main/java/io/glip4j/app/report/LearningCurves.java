package io.glip4j.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The losses of a training run over its steps as a PNG, from the run's log. */
public final class LearningCurves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final float LINE = 2.2f;
    /** Logged steps that a point of a curve is the mean of. */
    private static final int WINDOW = 9;

    private static final List<String> TERMS =
            List.of("total", "localization", "centerness", "word_alignment", "answers", "next_words");
    private static final List<Color> COLOURS = List.of(
            new Color(0x222222),
            new Color(0x1F6FB2),
            new Color(0x2E8B57),
            new Color(0xC8501E),
            new Color(0x8E5BB0),
            new Color(0xB8860B));

    private LearningCurves() {}

    /** A curve: a value at each of some steps. */
    private record Curve(List<Integer> steps, List<Double> values) {
        Curve() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(int step, double value) {
            steps.add(step);
            values.add(value);
        }

        List<Double> smoothed() {
            List<Double> means = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                int from = Math.max(0, i - WINDOW / 2);
                int to = Math.min(values.size(), i + WINDOW / 2 + 1);
                means.add(values.subList(from, to).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
            }
            return means;
        }
    }

    /**
     * Draws the running means of all losses; a log without losses gives no picture.
     *
     * @param log JSON lines as training writes them
     * @throws GlipException {@code CANNOT_WRITE}
     */
    public static void write(Path log, Path png) {
        Map<String, Curve> curves = read(log);
        if (curves.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Losses, means of " + WINDOW + " logged steps")
                .xAxisTitle("step")
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        curves.forEach((term, curve) -> {
            XYSeries series = chart.addSeries(term.replace('_', ' '), curve.steps(), curve.smoothed());
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(COLOURS.get(TERMS.indexOf(term)));
            series.setLineStyle(new BasicStroke(LINE));
        });
        try {
            BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, png + ": wanted a file to write to, got " + e, e);
        }
    }

    private static Map<String, Curve> read(Path log) {
        ObjectMapper json = new ObjectMapper();
        Map<String, Curve> curves = new LinkedHashMap<>();
        try {
            if (Files.exists(log)) {
                for (String line : Files.readAllLines(log)) {
                    JsonNode step = json.readTree(line);
                    TERMS.stream()
                            .filter(term -> step.path(term).isNumber())
                            .forEach(term -> curves.computeIfAbsent(term, any -> new Curve())
                                    .add(
                                            step.path("step").asInt(),
                                            step.path(term).asDouble()));
                }
            }
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, log + ": wanted a training log of JSON lines, got " + e.getMessage(), e);
        }
        return curves;
    }
}
