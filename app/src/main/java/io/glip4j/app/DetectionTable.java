package io.glip4j.app;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Detections as a table for people. */
final class DetectionTable {
    private static final String PHRASE = "phrase";

    private DetectionTable() {}

    /** A picture's name and size, and what was found in it. */
    static void print(Path picture, Grounding found, PrintWriter out) {
        title(picture, found, out);
        print(found.detections(), out);
    }

    static void title(Path picture, Grounding found, PrintWriter out) {
        out.println(picture + " (" + found.width() + " x " + found.height() + ")");
    }

    static void print(List<Detection> detections, PrintWriter out) {
        if (detections.isEmpty()) {
            out.println("  nothing found above the threshold");
            return;
        }
        int width = Math.max(
                PHRASE.length(),
                detections.stream()
                        .mapToInt(found -> found.phrase().length())
                        .max()
                        .getAsInt());
        String row = "  %-" + width + "s  %5s  %8s %8s %8s %8s%n";
        out.printf(row, PHRASE, "score", "x1", "y1", "x2", "y2");
        for (Detection found : detections) {
            BoxXyxy box = found.box();
            out.printf(
                    row,
                    found.phrase(),
                    String.format(Locale.ROOT, "%.3f", found.score()),
                    pixels(box.x1()),
                    pixels(box.y1()),
                    pixels(box.x2()),
                    pixels(box.y2()));
        }
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
