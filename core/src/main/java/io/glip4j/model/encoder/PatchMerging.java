package io.glip4j.model.encoder;

import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.Parameters;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** From one stage of Swin to the next: half the height and width, rounded up, and twice the channels. */
sealed interface PatchMerging {
    /** (N, H, W, C) to (N, ceil(H/2), ceil(W/2), 2C). */
    Tensor forward(Tensor map);

    static PatchMerging of(Parameters parameters, SwinConfig.Version version, int channels) {
        return switch (version) {
            case V1 -> new ByLinear(parameters, channels);
            case V2 -> new ByConvolution(parameters, channels);
        };
    }

    /** Four neighbours side by side, normalised, through a linear (v1). */
    final class ByLinear implements PatchMerging {
        /** Outputs of a band in a rearranged form: what is made of it stays in the cache, and in little memory. */
        private static final long POSITIONS = 1_024;

        private final UnaryOperator<Tensor> merging;
        private final LayerNorm norm;
        private final Linear reduction;

        ByLinear(Parameters parameters, int channels) {
            this.merging = parameters.form().rearranged() ? this::inBands : this::merge;
            this.reduction = Linear.withoutBias(
                    parameters.at("reduction"), SwinEncoder.INITIALIZER, 4L * channels, 2L * channels);
            this.norm = new LayerNorm(parameters.at("norm"), 4L * channels, SwinEncoder.EPSILON);
        }

        @Override
        public Tensor forward(Tensor map) {
            return merging.apply(Windows.pad(map, 2));
        }

        /** (N, 2h, 2w, C) to (N, h, w, 2C), float32, a few rows at a time. */
        private Tensor inBands(Tensor even) {
            long width = even.size(2) / 2;
            Tensor out = torch.empty(even.size(0), even.size(1) / 2, width, 2 * even.size(3));
            int rows = Math.toIntExact(Math.max(1, POSITIONS / (even.size(0) * width)));
            Parallel.pieces(
                    Math.toIntExact(out.size(1)),
                    rows,
                    (from, to) ->
                            out.narrow(1, from, to - from).copy_(merge(even.narrow(1, 2L * from, 2L * (to - from)))));
            return out;
        }

        /** (N, 2h, 2w, C) to (N, h, w, 2C). */
        private Tensor merge(Tensor even) {
            long height = even.size(1) / 2;
            long width = even.size(2) / 2;
            long channels = even.size(3);
            Tensor neighbours = even.view(even.size(0), height, 2, width, 2, channels)
                    .permute(0, 1, 3, 4, 2, 5) // the row's offset runs faster than the column's
                    .reshape(even.size(0), height, width, 4 * channels);
            return reduction.forward(norm.forward(neighbours));
        }
    }

    /** A strided convolution, then normalised (v2). */
    final class ByConvolution implements PatchMerging {
        private static final Geometry GEOMETRY = Geometry.of(3, 2, 1);

        private final Convolution projection;
        private final LayerNorm norm;

        ByConvolution(Parameters parameters, int channels) {
            this.projection = Convolution.withBias(
                    parameters.at("proj"),
                    SwinEncoder.convolution(channels, GEOMETRY),
                    channels,
                    2L * channels,
                    GEOMETRY);
            this.norm = new LayerNorm(parameters.at("norm"), 2L * channels, SwinEncoder.EPSILON);
        }

        @Override
        public Tensor forward(Tensor map) {
            Tensor projected = projection.forward(map.permute(0, 3, 1, 2)); // (N, 2C, h, w)
            return norm.forward(projected.permute(0, 2, 3, 1)); // (N, h, w, 2C)
        }
    }
}
