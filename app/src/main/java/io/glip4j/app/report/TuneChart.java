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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** AP against pictures of each class as a PNG: a curve for each mode, and a line for the model as it was. */
public final class TuneChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final float LINE = 2.2f;
    private static final float[] DASHES = {8, 6};
    /** Curves are set apart by this much, so that their bars can be told apart. */
    private static final double APART = 0.06;

    private static final double MARGIN = 0.4;
    private static final Color GREY = new Color(0x666666);

    private TuneChart() {}

    /** Places along the axis, means and standard deviations of a mode. */
    private record Curve(List<Double> places, List<Double> means, List<Double> deviations) {
        static Curve of(TuneReport report, TuningMode mode, double shift) {
            Curve curve = new Curve(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<Integer> shots = report.shots();
            for (int place = 0; place < shots.size(); place++) {
                Optional<Spread> spread = report.precision(mode, shots.get(place));
                if (spread.isPresent()) {
                    curve.places.add(place + shift);
                    curve.means.add(spread.get().mean());
                    curve.deviations.add(spread.get().deviation());
                }
            }
            return curve;
        }
    }

    /**
     * Draws the means over the seeds with bars of a standard deviation to each side.
     *
     * @param report with at least one run
     * @throws GlipException {@code CANNOT_WRITE}
     */
    public static void write(TuneReport report, Path png) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(report.validation() + ": AP after tuning, mean and standard deviation over seeds")
                .xAxisTitle("pictures of each class")
                .yAxisTitle("box AP")
                .build();
        List<Integer> shots = report.shots();
        style(chart, shots);
        List<TuningMode> modes = report.modes();
        for (int i = 0; i < modes.size(); i++) {
            TuningMode mode = modes.get(i);
            Curve curve = Curve.of(report, mode, APART * (i - (modes.size() - 1) / 2.0));
            XYSeries series =
                    chart.addSeries(mode.label().replace('_', ' '), curve.places(), curve.means(), curve.deviations());
            Color colour = colour(mode);
            series.setLineColor(colour);
            series.setMarkerColor(colour);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setLineStyle(new BasicStroke(LINE));
        }
        XYSeries untuned = chart.addSeries(
                "zero-shot",
                List.of(-MARGIN, shots.size() - 1 + MARGIN),
                List.of(report.zeroShot(), report.zeroShot()));
        untuned.setMarker(SeriesMarkers.NONE);
        untuned.setLineColor(GREY);
        untuned.setLineStyle(new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0));
        try {
            BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, png + ": wanted a file to write to, got " + e, e);
        }
    }

    /** Numbers of shots stand at equal distances, as "all" has no place among them. */
    private static void style(XYChart chart, List<Integer> shots) {
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(-MARGIN);
        styler.setXAxisMax(shots.size() - 1 + MARGIN);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("0.0#");
        styler.setLegendPosition(LegendPosition.InsideSE);
        styler.setChartBackgroundColor(Color.WHITE);
        chart.setCustomXAxisTickLabelsFormatter(place -> {
            long nearest = Math.round(place);
            boolean between = Math.abs(place - nearest) > APART || nearest < 0 || nearest >= shots.size();
            return between ? "" : label(shots.get((int) nearest));
        });
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
