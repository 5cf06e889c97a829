package io.glip4j.data.scene;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A picture under way that knows which object is seen at each pixel; of each object a good part is seen. */
final class Canvas {
    /** Least part of an object that must be seen, and that must lie inside the picture. */
    static final double LEAST_SEEN = 0.45;

    private static final double LEAST_INSIDE = 0.65;
    private static final int LEAST_PIXELS = 90;
    private static final int SHADOW = 80;

    private final int width;
    private final int height;
    private final int[] rgb;
    private final int[] owner; // object number + 1, 0 for the backdrop; row by row
    private final List<Rectangle> bounds = new ArrayList<>();
    private final List<Integer> solid = new ArrayList<>();
    private int[] seen = new int[8];

    /** Draws on the backdrop itself. */
    Canvas(BufferedImage backdrop) {
        this.width = backdrop.getWidth();
        this.height = backdrop.getHeight();
        this.rgb = Sprite.pixels(backdrop);
        this.owner = new int[width * height];
    }

    /** Pixels 0xRRGGBB, row by row: not a copy. */
    int[] rgb() {
        return rgb;
    }

    /** Objects placed. */
    int size() {
        return solid.size();
    }

    /**
     * Puts an object on top, unless too little of it or of what it covers could be seen.
     *
     * @param mostCovered part of the object's pixels that may lie on others
     * @param shadow pixels right and down that its shadow falls, 0 for none
     */
    boolean place(Layer layer, double mostCovered, int shadow) {
        Rectangle inside = layer.bounds().intersection(new Rectangle(width, height));
        int[] covered = new int[size() + 1];
        int own = count(layer, inside, covered);
        if (own < LEAST_PIXELS || own < LEAST_INSIDE * layer.solid() || own - covered[0] > mostCovered * own) {
            return false;
        }
        for (int number = 0; number < size(); number++) {
            if (covered[number + 1] > 0
                    && seen[number] - covered[number + 1] < Math.max(LEAST_PIXELS, LEAST_SEEN * solid.get(number))) {
                return false;
            }
        }
        for (int number = 0; number < size(); number++) {
            seen[number] -= covered[number + 1];
        }
        if (shadow > 0) {
            shade(layer, shadow);
        }
        solid.add(layer.solid());
        bounds.add(inside);
        seen = Arrays.copyOf(seen, Math.max(seen.length, size()));
        seen[size() - 1] = own;
        blend(layer, inside);
        return true;
    }

    /** Counts the object's pixels inside, in total and by what they cover. */
    private int count(Layer layer, Rectangle inside, int[] covered) {
        int own = 0;
        for (int y = inside.y; y < inside.y + inside.height; y++) {
            int from = (y - layer.bounds().y) * layer.bounds().width - layer.bounds().x;
            for (int x = inside.x; x < inside.x + inside.width; x++) {
                if (layer.argb()[from + x] >>> 24 >= Sprite.SOLID) {
                    own++;
                    covered[owner[y * width + x]]++;
                }
            }
        }
        return own;
    }

    private void shade(Layer layer, int shadow) {
        Rectangle falls = new Rectangle(layer.bounds());
        falls.translate(shadow, shadow);
        Rectangle inside = falls.intersection(new Rectangle(width, height));
        for (int y = inside.y; y < inside.y + inside.height; y++) {
            int from = (y - falls.y) * falls.width - falls.x;
            for (int x = inside.x; x < inside.x + inside.width; x++) {
                int kept = 255 - (layer.argb()[from + x] >>> 24) * SHADOW / 255;
                rgb[y * width + x] = scaled(rgb[y * width + x], kept);
            }
        }
    }

    private void blend(Layer layer, Rectangle inside) {
        for (int y = inside.y; y < inside.y + inside.height; y++) {
            int from = (y - layer.bounds().y) * layer.bounds().width - layer.bounds().x;
            for (int x = inside.x; x < inside.x + inside.width; x++) {
                int pixel = layer.argb()[from + x];
                int alpha = pixel >>> 24;
                if (alpha > 0) {
                    int at = y * width + x;
                    rgb[at] = scaled(rgb[at], 255 - alpha) + (pixel & 0xFFFFFF);
                    owner[at] = alpha >= Sprite.SOLID ? size() : owner[at];
                }
            }
        }
    }

    /** Each channel times {@code part} / 255, rounded down, so that a sum with a premultiplied pixel stays in range. */
    private static int scaled(int rgb, int part) {
        int red = ((rgb >> 16) & 255) * part / 255;
        int green = ((rgb >> 8) & 255) * part / 255;
        int blue = (rgb & 255) * part / 255;
        return (red << 16) | (green << 8) | blue;
    }

    /** What can be seen of object {@code number}, counted from 0 in the order of placing. */
    RunLengthMask mask(int number) {
        Rectangle part = bounds.get(number);
        int[] runs = new int[2 * part.height * part.width + 2];
        int count = 0;
        int ended = 0; // column by column, as masks count
        boolean inside = false;
        for (int x = part.x; x < part.x + part.width; x++) {
            for (int y = part.y; y <= part.y + part.height; y++) {
                boolean own = y < part.y + part.height && owner[y * width + x] == number + 1;
                if (own != inside) {
                    int at = x * height + y;
                    runs[count++] = at - ended;
                    ended = at;
                    inside = own;
                }
            }
        }
        if (ended < width * height) {
            runs[count++] = width * height - ended;
        }
        return RunLengthMask.ofRuns(height, width, joined(Arrays.copyOf(runs, count)));
    }

    /** Without the empty runs between columns that touch. */
    private static int[] joined(int[] runs) {
        int[] kept = new int[runs.length];
        int count = 1;
        kept[0] = runs[0];
        for (int i = 1; i < runs.length; i++) {
            if (runs[i] == 0) {
                kept[count - 1] += runs[++i];
            } else {
                kept[count++] = runs[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The box around {@link #mask}; right and bottom are the last pixel inside. */
    BoxXyxy box(int number) {
        Rectangle part = bounds.get(number);
        int left = width;
        int top = height;
        int right = -1;
        int bottom = -1;
        for (int y = part.y; y < part.y + part.height; y++) {
            for (int x = part.x; x < part.x + part.width; x++) {
                if (owner[y * width + x] == number + 1) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return new BoxXyxy(left, top, right, bottom);
    }

    /** Part of an object that is seen, of all its pixels, those outside the picture too. */
    double seen(int number) {
        return (double) seen[number] / solid.get(number);
    }

    /** The colours that the picture shows where the object is seen. */
    ColourShares colours(int number) {
        Rectangle part = bounds.get(number);
        int[] counts = new int[ColourName.COUNT + 1];
        for (int y = part.y; y < part.y + part.height; y++) {
            for (int at = y * width + part.x; at < y * width + part.x + part.width; at++) {
                if (owner[at] == number + 1) {
                    counts[ColourName.of((rgb[at] >> 16) & 255, (rgb[at] >> 8) & 255, rgb[at] & 255)]++;
                }
            }
        }
        return ColourShares.ofCounts(counts);
    }
}
