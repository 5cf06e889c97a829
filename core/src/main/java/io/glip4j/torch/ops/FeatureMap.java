package io.glip4j.torch.ops;

import io.glip4j.torch.Parallel;
import io.glip4j.torch.Tensors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Features of N pictures of H x W positions as Java arrays, one of C channels for each position: a loop over an array
 * that starts at zero is one that the compiler vectorises, and one at an offset into a larger array is not.
 */
public final class FeatureMap {
    /** Positions that one thread copies at a time. */
    private static final int PIECE = 512;

    private final float[][] positions;
    private final int pictures;
    private final int height;
    private final int width;
    private final int channels;

    FeatureMap(int pictures, int height, int width, int channels) {
        this.positions = new float[Math.multiplyExact(pictures, Math.multiplyExact(height, width))][];
        this.pictures = pictures;
        this.height = height;
        this.width = width;
        this.channels = channels;
    }

    /** A copy of (N, C, H, W). */
    public static FeatureMap of(Tensor features) {
        FeatureMap map = new FeatureMap(
                Math.toIntExact(features.size(0)),
                Math.toIntExact(features.size(2)),
                Math.toIntExact(features.size(3)),
                Math.toIntExact(features.size(1)));
        Tensor channelsLast =
                Tensors.exact(features).detach().permute(0, 2, 3, 1).contiguous();
        Tensor rows = channelsLast.view(map.positions.length, map.channels);
        Parallel.pieces(map.positions.length, PIECE, (from, to) -> map.take(from, rows.narrow(0, from, to - from)));
        return map;
    }

    /** Copies {@code rows} (count, C), contiguous, to as many positions from {@code first}. */
    void take(int first, Tensor rows) {
        int count = Math.toIntExact(rows.size(0));
        if (rows.numel() == 0) {
            return; // without memory
        }
        try (FloatPointer source = rows.data_ptr_float()) {
            for (int row = 0; row < count; row++) {
                float[] position = new float[channels];
                source.position((long) row * channels).get(position);
                positions[first + row] = position;
            }
        }
    }

    /** The channels (C) at (row, column) of a picture, to read only. */
    public float[] at(int picture, int row, int column) {
        return positions[(picture * height + row) * width + column];
    }

    /** The channels (C) at a position of a picture, row by row, to read only. */
    float[] at(int picture, int cell) {
        return positions[picture * height * width + cell];
    }

    public int pictures() {
        return pictures;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int channels() {
        return channels;
    }

    /** Positions of one picture. */
    public int cells() {
        return height * width;
    }
}
