package io.glip4j.app.report;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision over recall as a PNG, one line a curve. */
final class PrecisionRecallChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 640;
    private static final float LINE = 2.4f;
    private static final List<Color> COLOURS = List.of(new Color(0x1F6FB2), new Color(0xC8501E));

    private PrecisionRecallChart() {}

    /**
     * Draws curves, each as precisions at equally spaced recalls 0 to 1.
     *
     * @throws GlipException {@code CANNOT_WRITE}
     */
    static void write(String title, Map<String, List<Double>> curves, Path png) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("recall")
                .yAxisTitle("precision")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(1.0);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(1.0);
        styler.setXAxisDecimalPattern("0.0");
        styler.setYAxisDecimalPattern("0.0");
        styler.setLegendPosition(LegendPosition.InsideNE);
        styler.setChartBackgroundColor(Color.WHITE);
        int next = 0;
        for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
            List<Double> precisions = curve.getValue();
            List<Double> recalls = IntStream.range(0, precisions.size())
                    .mapToObj(i -> i / (precisions.size() - 1.0))
                    .toList();
            XYSeries series = chart.addSeries(curve.getKey(), recalls, precisions);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(COLOURS.get(next++ % COLOURS.size()));
            series.setLineStyle(new BasicStroke(LINE));
        }
        try {
            BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, png + ": wanted a file to write to, got " + e, e);
        }
    }
}
