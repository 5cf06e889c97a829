package io.glip4j.output;

import io.glip4j.geometry.RunLengthMask;

/** Which pixels of a picture belong to a thing. */
public final class Mask {
    private final int width;
    private final int height;
    private final byte[] pixels;

    /** A mask that takes over {@code pixels}: height x width of 0 and 1, row by row. */
    public Mask(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || pixels.length != (long) width * height) {
            throw new IllegalArgumentException("wanted " + width + " x " + height + " pixels, got " + pixels.length);
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /** Width of the picture. */
    public int width() {
        return width;
    }

    /** Height of the picture. */
    public int height() {
        return height;
    }

    /** True where the pixel in this column and row belongs to the thing. */
    public boolean contains(int x, int y) {
        return pixels[y * width + x] != 0;
    }

    /** The pixels themselves, row by row, 0 and 1, not a copy: to read only. */
    public byte[] pixels() {
        return pixels;
    }

    /** The same as run lengths, which take far less memory. */
    public RunLengthMask runLengths() {
        boolean[] belongs = new boolean[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            belongs[i] = pixels[i] != 0;
        }
        return RunLengthMask.ofPixels(height, width, belongs);
    }

    /** Number of pixels that belong to the thing. */
    public int area() {
        int area = 0;
        for (byte pixel : pixels) {
            area += pixel;
        }
        return area;
    }
}
