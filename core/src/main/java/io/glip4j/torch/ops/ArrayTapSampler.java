package io.glip4j.torch.ops;

import io.glip4j.torch.Form;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Samples in plain Java over arrays, channels last, so that the inner loop runs over neighbouring floats and the
 * compiler vectorises it; outputs are shared out among threads. Records no gradient.
 */
public final class ArrayTapSampler implements TapSampler {
    private static final int SIDE = 3;
    private static final int PADDING = 1;

    /** Outputs read into one piece of memory at a time. */
    private static final int PIECE = 1_024;

    /** Values of a matrix product's taps, which stay in the last-level cache, and in memory that is used again. */
    private static final int VALUES = 1_024 * TAPS * 256;

    private static final LinearKernel LINEAR = LinearKernel.of(Form.FAST);

    @Override
    public Tensor sample(Tensor features, Tensor offsets, Tensor masks, long stride) {
        FeatureMap map = FeatureMap.of(features);
        Taps taps = Taps.of(offsets, masks).withStride(Math.toIntExact(stride));
        long width = (long) TAPS * map.channels();
        Tensor seen = torch.empty(map.pictures(), taps.cells(), width);
        for (int picture = 0; picture < map.pictures(); picture++) {
            Source source = new Source(map, taps, picture);
            Tensor rows = seen.select(0, picture);
            Parallel.pieces(
                    taps.cells(), PIECE, (from, to) -> source.fill(rows.narrow(0, from, to - from), from, to - from));
        }
        return seen.view(map.pictures(), taps.height(), taps.width(), width);
    }

    /**
     * The whole convolution, tile by tile: what the taps see is multiplied as soon as it is read.
     *
     * @param weight (out, 9*C), taps outermost, in which type the products are made
     * @param bias (out)
     */
    static Moments convolve(FeatureMap map, Taps taps, Tensor weight, Tensor bias) {
        int out = Math.toIntExact(weight.size(0));
        int copies = weight.scalar_type().intern() == ScalarType.Float ? 1 : 2; // else the taps are converted
        int tile = Math.max(1, VALUES / (copies * TAPS * map.channels()));
        Moments result = new Moments(new FeatureMap(map.pictures(), taps.height(), taps.width(), out));
        for (int picture = 0; picture < map.pictures(); picture++) {
            Source source = new Source(map, taps, picture);
            int at = picture;
            Parallel.pieces(taps.cells(), tile, (from, to) -> {
                Tensor panel = torch.empty(to - from, (long) TAPS * map.channels());
                source.fill(panel, from, to - from);
                result.take(at, from, Tensors.exact(LINEAR.apply(panel, weight, bias)));
            });
        }
        return result;
    }

    /** What is read, and where, of one picture. */
    private record Source(FeatureMap map, Taps taps, int picture) {
        /** Writes the taps of {@code count} outputs from {@code first} to the rows of {@code panel}. */
        void fill(Tensor panel, int first, int count) {
            if (panel.numel() == 0) {
                return; // without memory
            }
            int channels = map.channels();
            float[] row = new float[TAPS * channels];
            float[] seen = new float[channels];
            try (FloatPointer target = panel.data_ptr_float()) {
                for (int output = 0; output < count; output++) {
                    for (int tap = 0; tap < TAPS; tap++) {
                        read(first + output, tap, seen);
                        System.arraycopy(seen, 0, row, tap * channels, channels);
                    }
                    target.position((long) output * row.length).put(row);
                }
            }
        }

        private void read(int output, int tap, float[] out) {
            float y =
                    output / taps.width() * taps.stride() - PADDING + tap / SIDE + taps.offset(picture, tap, 0, output);
            float x =
                    output % taps.width() * taps.stride() - PADDING + tap % SIDE + taps.offset(picture, tap, 1, output);
            int height = map.height();
            int width = map.width();
            if (!(y > -1 && y < height && x > -1 && x < width)) {
                Arrays.fill(out, 0); // nowhere, NaN included
                return;
            }
            float mask = taps.mask(picture, tap, output);
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
            int first = above ? top : 0;
            int second = below ? top + 1 : top;
            int near = before ? left : 0;
            int far = after ? left + 1 : left;
            blend(
                    map.at(picture, first, near),
                    above && before ? topShare * (1 - along) : 0,
                    map.at(picture, first, far),
                    above && after ? topShare * along : 0,
                    map.at(picture, second, near),
                    below && before ? bottomShare * (1 - along) : 0,
                    map.at(picture, second, far),
                    below && after ? bottomShare * along : 0,
                    out);
        }

        private static void blend(
                float[] a,
                float shareA,
                float[] b,
                float shareB,
                float[] c,
                float shareC,
                float[] d,
                float shareD,
                float[] out) {
            for (int i = 0; i < out.length; i++) {
                out[i] = shareA * a[i] + shareB * b[i] + shareC * c[i] + shareD * d[i];
            }
        }
    }
}
