package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The block band by band: a band is a few rows of windows, whose values stay in the cache from the first normalisation
 * to the end of the MLP. Windows never reach beyond their band, so the arithmetic is that of {@link PlainSwinBlock}.
 * Inference only.
 *
 * <p>Rows here are those of the padded map after its roll by {@code shift}: row r stands for row (r + shift) mod H' of
 * the map, where H' is the padded height and rows of the map from H on are zero.
 */
final class BandedSwinBlock implements SwinBlock {
    /** Positions of a band: enough for the products to run at full speed. */
    private static final long POSITIONS = 1_024;

    private final SwinBlockWeights weights;
    private final int window;
    private final int shift;

    BandedSwinBlock(SwinBlockWeights weights, Config config) {
        this.weights = weights;
        this.window = config.window();
        this.shift = config.shift();
    }

    @Override
    public Tensor forward(Tensor map, Tensor shiftMask, Mode mode) {
        long height = map.size(1) + Windows.missing(map.size(1), window);
        long width = map.size(2) + Windows.missing(map.size(2), window);
        long columns = width / window;
        int windowRows = Math.toIntExact(Math.max(1, POSITIONS / (map.size(0) * window * width)));
        Tensor out = torch.empty_like(map);
        Parallel.pieces(Math.toIntExact(height / window), windowRows, (from, to) -> {
            Band band = Band.of((long) from * window + shift, (long) (to - from) * window, map.size(1), height);
            forward(band, map, shiftMask.narrow(0, from * columns, (to - from) * columns), out);
        });
        return out;
    }

    /**
     * Where the rows of a band are in the map: {@code upper} from {@code first}, {@code padding} rows of zeros, then
     * {@code wrapped} from the map's top and {@code rest} rows of zeros, where the map is lower than the shift.
     */
    private record Band(long first, long upper, long padding, long wrapped, long rest) {
        static Band of(long first, long rows, long mapHeight, long paddedHeight) {
            long end = first + rows;
            long upper = Math.max(0, Math.min(end, mapHeight) - first);
            long beyond = Math.max(0, end - paddedHeight);
            long wrapped = Math.min(beyond, mapHeight);
            return new Band(first, upper, rows - upper - beyond, wrapped, beyond - wrapped);
        }

        boolean padded() {
            return padding + rest > 0;
        }
    }

    private void forward(Band band, Tensor map, Tensor mask, Tensor out) {
        Tensor upper = map.narrow(1, band.upper == 0 ? 0 : band.first, band.upper); // (N, ., W, C)
        Tensor wrapped = map.narrow(1, 0, band.wrapped); // (N, ., W, C)
        Tensor attended = attend(band, Tensors.cat(1, upper, wrapped), mask); // (N, upper + wrapped, W, C)
        if (band.upper > 0) {
            write(upper, attended.narrow(1, 0, band.upper), out.narrow(1, band.first, band.upper));
        }
        if (band.wrapped > 0) {
            write(wrapped, attended.narrow(1, band.upper, band.wrapped), out.narrow(1, 0, band.wrapped));
        }
    }

    private void write(Tensor rows, Tensor attended, Tensor target) {
        Tensor mixed = rows.add(weights.scaled(attended));
        target.copy_(mixed.add(weights.scaled(weights.mlp(mixed))));
    }

    /** The rows of a band without its padding, (N, upper + wrapped, W, C), to the same shape. */
    private Tensor attend(Band band, Tensor rows, Tensor mask) {
        Tensor normed = weights.attentionNorm.forward(rows);
        Tensor filled = band.padded()
                ? Tensors.cat(
                        1,
                        normed.narrow(1, 0, band.upper),
                        zeros(rows, band.padding),
                        normed.narrow(1, band.upper, band.wrapped),
                        zeros(rows, band.rest))
                : normed; // (N, rows, W, C)
        Tensor padded = rollColumns(Windows.pad(filled, window), shift); // (N, rows, W', C)
        Tensor attended =
                weights.attention.forward(Windows.partition(padded, window), shift > 0 ? mask : null); // (N*K, L, C)
        Tensor merged = rollColumns(Windows.merge(attended, window, padded.size(1), padded.size(2)), -shift)
                .narrow(2, 0, rows.size(2)); // (N, rows, W, C)
        return band.padded()
                ? Tensors.cat(
                        1, merged.narrow(1, 0, band.upper), merged.narrow(1, band.upper + band.padding, band.wrapped))
                : merged;
    }

    private static Tensor zeros(Tensor like, long rows) {
        return torch.zeros(like.size(0), rows, like.size(2), like.size(3));
    }

    private static Tensor rollColumns(Tensor map, long positions) {
        return positions == 0 ? map : torch.roll(map, new long[] {-positions}, 2);
    }
}
