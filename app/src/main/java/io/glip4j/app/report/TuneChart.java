package io.glip4j.app.report;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.TuningMode;
import io.glip4j.train.tune.TuneReport;
import io.glip4j.train.tune.TuneReport.Spread;
import io.glip4j.train.tune.TuneRun;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * AP against pictures of each class as a PNG: a curve for each mode, and a line for the model as it was. Numbers of shots
 * stand at equal distances, as "all" has no place among them.
 */
public final class TuneChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final float LINE = 2.2f;
    private static final float[] DASHES = {8, 6};
    /** Share of a place along which the curves' bars stand beside each other. */
    private static final double BESIDE = 0.3;

    private static final Color GREY = new Color(0x666666);

    private TuneChart() {}

    /**
     * Draws the means over the seeds with bars of a standard deviation to each side.
     *
     * @param report with at least one run
     * @throws GlipException {@code CANNOT_WRITE}
     */
    public static void write(TuneReport report, Path png) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(report.validation() + ": AP after tuning, mean and standard deviation over seeds")
                .xAxisTitle("pictures of each class")
                .yAxisTitle("box AP")
                .build();
        CategoryStyler styler = chart.getStyler();
        styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        styler.setAvailableSpaceFill(BESIDE);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("0.0#");
        styler.setErrorBarsColorSeriesColor(true);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        List<String> places = report.shots().stream().map(TuneChart::label).toList();
        for (TuningMode mode : report.modes()) {
            List<Optional<Spread>> spreads = report.shots().stream()
                    .map(shots -> report.precision(mode, shots))
                    .toList();
            CategorySeries series = chart.addSeries(
                    mode.label().replace('_', ' '),
                    places,
                    spreads.stream()
                            .map(spread -> spread.map(Spread::mean).orElse(Double.NaN))
                            .toList(),
                    spreads.stream()
                            .map(spread -> spread.map(Spread::deviation).orElse(Double.NaN))
                            .toList());
            series.setLineColor(colour(mode));
            series.setMarkerColor(colour(mode));
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setLineStyle(new BasicStroke(LINE));
        }
        CategorySeries untuned =
                chart.addSeries("zero-shot", places, Collections.nCopies(places.size(), report.zeroShot()));
        untuned.setMarker(SeriesMarkers.NONE);
        untuned.setLineColor(GREY);
        untuned.setLineStyle(new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0));
        try {
            BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, png + ": wanted a file to write to, got " + e, e);
        }
    }

    private static Color colour(TuningMode mode) {
        return switch (mode) {
            case FULL -> new Color(0x1F6FB2);
            case LINEAR_PROBE -> new Color(0x2E8B57);
            case PROMPT -> new Color(0xC8501E);
        };
    }

    private static String label(int shots) {
        return shots == TuneRun.ALL ? "all" : Integer.toString(shots);
    }
}
