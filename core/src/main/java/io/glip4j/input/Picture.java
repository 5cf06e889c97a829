package io.glip4j.input;

/** A decoded picture: 8-bit RGB, row by row. */
public final class Picture {
    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /** A picture that takes over {@code rgb}: height x width x 3 samples of 0..255. */
    public Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != (long) CHANNELS * width * height) {
            throw new IllegalArgumentException("wanted 3 x " + width + " x " + height + " samples, got " + rgb.length);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public ImageSize size() {
        return new ImageSize(width, height);
    }

    /** The samples themselves, not a copy: to read only. */
    public byte[] rgb() {
        return rgb;
    }
}
