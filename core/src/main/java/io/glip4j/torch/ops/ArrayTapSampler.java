package io.glip4j.torch.ops;

import io.glip4j.torch.Form;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Samples in plain Java over arrays, channels last, so that the inner loop runs over neighbouring floats and the
 * compiler vectorises it; outputs are shared out among threads. Records no gradient.
 */
public final class ArrayTapSampler implements TapSampler {
    private static final int SIDE = 3;
    private static final int PADDING = 1;
    private static final int COORDINATES = 2;

    /** Outputs of one piece of work: its taps stay in the second-level cache until they are copied out. */
    private static final int PIECE = 32;

    /** Outputs of one matrix product: their taps stay in the last-level cache, and in memory that is used again. */
    private static final int TILE = 2_048;

    private static final LinearKernel LINEAR = LinearKernel.of(Form.FAST);

    @Override
    public Tensor sample(Tensor features, Tensor offsets, Tensor masks, long stride) {
        Source source = Source.of(features, offsets, masks, stride);
        Tensor seen = torch.empty(source.outputs(), source.width());
        source.fill(seen, 0, source.outputs());
        return seen.view(features.size(0), offsets.size(2), offsets.size(3), source.width());
    }

    @Override
    public Tensor convolve(Tensor features, Tensor offsets, Tensor masks, long stride, Tensor weight, Tensor bias) {
        Source source = Source.of(features, offsets, masks, stride);
        int outputs = source.outputs();
        Tensor result = torch.empty(outputs, weight.size(0));
        Tensor panel = torch.empty(Math.min(outputs, TILE), source.width());
        for (int from = 0; from < outputs; from += TILE) {
            int start = from;
            int count = Math.min(outputs - from, TILE);
            source.fill(panel, from, from + count);
            TensorScope.local(
                    () -> result.narrow(0, start, count).copy_(LINEAR.apply(panel.narrow(0, 0, count), weight, bias)));
        }
        return result.view(features.size(0), offsets.size(2), offsets.size(3), weight.size(0))
                .permute(0, 3, 1, 2);
    }

    /** What is read, and where. */
    private record Source(Map map, Taps taps, int outputs) {
        static Source of(Tensor features, Tensor offsets, Tensor masks, long stride) {
            Map map = new Map(
                    Tensors.toFloats(features.permute(0, 2, 3, 1)),
                    Math.toIntExact(features.size(2)),
                    Math.toIntExact(features.size(3)),
                    Math.toIntExact(features.size(1)));
            Taps taps = new Taps(
                    Tensors.toFloats(offsets),
                    Tensors.toFloats(masks),
                    Math.toIntExact(offsets.size(2)),
                    Math.toIntExact(offsets.size(3)),
                    Math.toIntExact(stride));
            return new Source(map, taps, Math.toIntExact(features.size(0) * taps.height * taps.width));
        }

        /** Floats of an output's taps. */
        int width() {
            return TAPS * map.channels;
        }

        /** Writes the taps of the outputs {@code first} up to {@code last} to the rows of {@code panel}, from row 0. */
        void fill(Tensor panel, int first, int last) {
            if (panel.numel() == 0) {
                return; // without memory
            }
            int row = width();
            try (FloatPointer target = panel.data_ptr_float()) {
                Parallel.pieces(last - first, PIECE, (from, to) -> {
                    float[] values = new float[(to - from) * row];
                    for (int output = from; output < to; output++) {
                        taps.read(map, first + output, values, (output - from) * row);
                    }
                    try (FloatPointer own = new FloatPointer(target)) {
                        own.position((long) from * row).put(values);
                    }
                });
            }
        }
    }

    /** Features of N pictures: values (N, height, width, channels). */
    private static final class Map {
        final float[] values;
        final int height;
        final int width;
        final int channels;

        Map(float[] values, int height, int width, int channels) {
            this.values = values;
            this.height = height;
            this.width = width;
            this.channels = channels;
        }

        /** Adds {@code mask} times what is seen at (y, x) of a picture to {@code channels} zeros of {@code out}. */
        void add(int picture, float y, float x, float mask, float[] out, int at) {
            if (!(y > -1 && y < height && x > -1 && x < width)) {
                return; // nowhere, NaN included
            }
            int top = (int) Math.floor(y);
            int left = (int) Math.floor(x);
            float down = y - top;
            float along = x - left;
            float bottomShare = mask * down;
            float topShare = mask - bottomShare;
            boolean above = top >= 0;
            boolean below = top + 1 < height;
            boolean before = left >= 0;
            boolean after = left + 1 < width;
            // A neighbour outside has no share; its place is taken by one inside, so that one loop does all four.
            int first = (picture * height + (above ? top : 0)) * width;
            int second = (picture * height + (below ? top + 1 : top)) * width;
            int near = before ? left : 0;
            int far = after ? left + 1 : left;
            blend(
                    (first + near) * channels,
                    above && before ? topShare * (1 - along) : 0,
                    (first + far) * channels,
                    above && after ? topShare * along : 0,
                    (second + near) * channels,
                    below && before ? bottomShare * (1 - along) : 0,
                    (second + far) * channels,
                    below && after ? bottomShare * along : 0,
                    out,
                    at);
        }

        private void blend(
                int a,
                float shareA,
                int b,
                float shareB,
                int c,
                float shareC,
                int d,
                float shareD,
                float[] out,
                int at) {
            float[] from = values;
            for (int i = 0; i < channels; i++) {
                out[at + i] = shareA * from[a + i] + shareB * from[b + i] + shareC * from[c + i] + shareD * from[d + i];
            }
        }
    }

    /** Offsets (N, 18, height, width) and masks (N, 9, height, width) of the outputs. */
    private static final class Taps {
        final float[] offsets;
        final float[] masks;
        final int height;
        final int width;
        final int stride;

        Taps(float[] offsets, float[] masks, int height, int width, int stride) {
            this.offsets = offsets;
            this.masks = masks;
            this.height = height;
            this.width = width;
            this.stride = stride;
        }

        void read(Map map, int output, float[] out, int at) {
            int cells = height * width;
            int picture = output / cells;
            int cell = output % cells;
            int row = cell / width * stride - PADDING;
            int column = cell % width * stride - PADDING;
            for (int tap = 0; tap < TAPS; tap++) {
                int offset = (picture * TAPS + tap) * COORDINATES * cells + cell;
                float y = row + tap / SIDE + offsets[offset];
                float x = column + tap % SIDE + offsets[offset + cells];
                map.add(picture, y, x, masks[(picture * TAPS + tap) * cells + cell], out, at + tap * map.channels);
            }
        }
    }
}
