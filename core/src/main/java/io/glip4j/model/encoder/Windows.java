package io.glip4j.model.encoder;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cuts feature maps into square windows and back (Liu et al. 2021); pure functions. A window is w x w positions, L =
 * w*w; a map of H x W positions has K = (H/w)*(W/w) windows, row by row.
 */
final class Windows {
    private static final double HIDDEN = -100;

    private Windows() {}

    /** Zero-pads (N, H, W, C) at the bottom and right until {@code multiple} divides both sides. */
    static Tensor pad(Tensor map, long multiple) {
        long bottom = missing(map.size(1), multiple);
        long right = missing(map.size(2), multiple);
        return bottom == 0 && right == 0 ? map : torch.constant_pad_nd(map, 0, 0, 0, right, 0, bottom);
    }

    /** What is missing from {@code size} to the next multiple. */
    static long missing(long size, long multiple) {
        return Math.floorMod(-size, multiple);
    }

    /** Moves the map up and left by {@code shift} positions (back if negative); what leaves comes in again opposite. */
    static Tensor roll(Tensor map, long shift) {
        return shift == 0 ? map : torch.roll(map, new long[] {-shift, -shift}, 1, 2);
    }

    /** (N, H, W, C), sides divisible by {@code window}, to (N*K, L, C). */
    static Tensor partition(Tensor map, long window) {
        long rows = map.size(1) / window;
        long columns = map.size(2) / window;
        long channels = map.size(3);
        return map.view(map.size(0), rows, window, columns, window, channels)
                .transpose(2, 3) // (N, rows, columns, w, w, C)
                .reshape(map.size(0) * rows * columns, window * window, channels);
    }

    /** Undoes {@link #partition}: (N*K, L, C) to (N, height, width, C). */
    static Tensor merge(Tensor windows, long window, long height, long width) {
        long rows = height / window;
        long columns = width / window;
        long channels = windows.size(2);
        return windows.view(-1, rows, columns, window, window, channels)
                .transpose(2, 3) // (N, rows, w, columns, w, C)
                .reshape(-1, height, width, channels);
    }

    /**
     * What to add to attention scores in a rolled map, whose last windows hold positions that are no neighbours.
     *
     * @param height of the padded map
     * @param width of the padded map
     * @return (K, L, L): 0 between positions of one region, -100 between others
     */
    static Tensor shiftMask(long window, long shift, long height, long width) {
        Tensor rows = Tensors.of(regions(window, shift, height), 1, height, 1, 1);
        Tensor columns = Tensors.of(regions(window, shift, width), 1, 1, width, 1);
        Tensor region = Tensors.times(rows, 3).add(columns); // (1, H, W, 1)
        Tensor byWindow = partition(region, window).squeeze(2); // (K, L)
        Tensor apart = byWindow.unsqueeze(1).ne(byWindow.unsqueeze(2)); // (K, L, L)
        return Tensors.times(apart.to(ScalarType.Float), HIDDEN);
    }

    /** Along one side: 0 up to the last window, 1 and 2 in its parts before and after the seam of the roll. */
    private static float[] regions(long window, long shift, long size) {
        float[] regions = new float[Math.toIntExact(size)];
        for (int i = 0; i < size; i++) {
            regions[i] = i < size - window ? 0 : i < size - shift ? 1 : 2;
        }
        return regions;
    }

    /**
     * For every pair of a window's positions, the row of the table of relative position biases: (dy + w - 1) * (2w - 1)
     * + dx + w - 1, where dy and dx run from the second to the first.
     *
     * @return L*L numbers, first position by first position
     */
    static long[] relativePositions(int window) {
        int length = window * window;
        int side = 2 * window - 1;
        long[] indices = new long[length * length];
        for (int first = 0; first < length; first++) {
            for (int second = 0; second < length; second++) {
                int dy = first / window - second / window;
                int dx = first % window - second % window;
                indices[first * length + second] = (long) (dy + window - 1) * side + dx + window - 1;
            }
        }
        return indices;
    }
}
