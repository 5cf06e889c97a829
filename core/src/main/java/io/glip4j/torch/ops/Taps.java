package io.glip4j.torch.ops;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Offsets and masks of the nine taps of N pictures' h x w outputs, as arrays: those of (N, 18, H, W) and (N, 9, H, W), of
 * which each picture's first numbers are read as (18, h, w) and (9, h, w).
 */
public final class Taps {
    static final int COORDINATES = 2;

    private final float[] offsets;
    private final float[] masks;
    private final int cellsGiven;
    private final int height;
    private final int width;
    private final int stride;

    private Taps(float[] offsets, float[] masks, int cellsGiven, int height, int width, int stride) {
        this.offsets = offsets;
        this.masks = masks;
        this.cellsGiven = cellsGiven;
        this.height = height;
        this.width = width;
        this.stride = stride;
    }

    /**
     * The taps of as many outputs as there are offsets.
     *
     * @param offsets (N, 18, h, w): (dy, dx) of each tap in turn
     * @param masks (N, 9, h, w)
     */
    public static Taps of(Tensor offsets, Tensor masks) {
        int height = Math.toIntExact(offsets.size(2));
        int width = Math.toIntExact(offsets.size(3));
        return new Taps(Tensors.toFloats(offsets), Tensors.toFloats(masks), height * width, height, width, 1);
    }

    /** The same for features of {@code stride} times the size. */
    public Taps withStride(int features) {
        return new Taps(offsets, masks, cellsGiven, height, width, features);
    }

    /** Each picture's first numbers read as those of fewer outputs, h x w. */
    public Taps relaid(int smallerHeight, int smallerWidth) {
        return new Taps(offsets, masks, cellsGiven, smallerHeight, smallerWidth, stride);
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int stride() {
        return stride;
    }

    int cells() {
        return height * width;
    }

    /** Of (dy, dx): dy for {@code coordinate} 0, dx for 1. */
    float offset(int picture, int tap, int coordinate, int cell) {
        int plane = tap * COORDINATES + coordinate;
        return offsets[picture * TapSampler.TAPS * COORDINATES * cellsGiven + plane * cells() + cell];
    }

    float mask(int picture, int tap, int cell) {
        return masks[picture * TapSampler.TAPS * cellsGiven + tap * cells() + cell];
    }
}
