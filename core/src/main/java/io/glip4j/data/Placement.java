package io.glip4j.data;

import io.glip4j.geometry.Polygons;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the points of a picture went when it was cropped, resized or flipped: x to {@code scaleX * x + shiftX}, y alike.
 * A pixel reaches from its number to the next.
 */
public record Placement(double scaleX, double shiftX, double scaleY, double shiftY) {
    /** Nothing was changed. */
    public static final Placement UNCHANGED = new Placement(1, 0, 1, 0);

    /** Then moved right and down by so many pixels. */
    Placement moved(double right, double down) {
        return new Placement(scaleX, shiftX + right, scaleY, shiftY + down);
    }

    /** Then stretched by these factors. */
    Placement stretched(double across, double down) {
        return new Placement(scaleX * across, shiftX * across, scaleY * down, shiftY * down);
    }

    /** Then left and right exchanged in a picture of this width. */
    Placement flipped(int width) {
        return new Placement(-scaleX, width - shiftX, scaleY, shiftY);
    }

    /** From where on the original picture a column of the new one came. */
    public double originalX(double x) {
        return (x - shiftX) / scaleX;
    }

    /** From where on the original picture a row of the new one came. */
    public double originalY(double y) {
        return (y - shiftY) / scaleY;
    }

    /** Polygons of the original picture on the new one. */
    public Polygons place(Polygons original) {
        List<double[]> parts =
                IntStream.range(0, original.size()).mapToObj(original::part).toList();
        for (double[] part : parts) {
            for (int i = 0; i + 1 < part.length; i += 2) {
                part[i] = scaleX * part[i] + shiftX;
                part[i + 1] = scaleY * part[i + 1] + shiftY;
            }
        }
        return new Polygons(parts);
    }
}
