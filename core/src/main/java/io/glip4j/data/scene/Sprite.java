package io.glip4j.data.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;

/**
 * A rendered drawing, ARGB with premultiplied alpha, without empty borders.
 *
 * @param opaque pixels that hide what is behind them
 */
record Sprite(BufferedImage image, int opaque) {
    /** Least alpha at which a pixel belongs to the object. */
    static final int SOLID = 128;

    /** The part of a picture that shows something; empty if nothing does. */
    static Optional<Sprite> cropped(BufferedImage argb) {
        int width = argb.getWidth();
        int[] pixels = pixels(argb);
        int left = width;
        int top = argb.getHeight();
        int right = -1;
        int bottom = -1;
        int opaque = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >>> 24 >= SOLID) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = i / width;
                opaque++;
            }
        }
        if (opaque == 0) {
            return Optional.empty();
        }
        BufferedImage part = new BufferedImage(right - left + 1, bottom - top + 1, BufferedImage.TYPE_INT_ARGB_PRE);
        int[] copy = pixels(part);
        for (int y = top; y <= bottom; y++) {
            System.arraycopy(pixels, y * width + left, copy, (y - top) * part.getWidth(), part.getWidth());
        }
        return Optional.of(new Sprite(part, opaque));
    }

    /** The pixels themselves of an image that was made with an int type, row by row. */
    static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    int longerSide() {
        return Math.max(image.getWidth(), image.getHeight());
    }
}
