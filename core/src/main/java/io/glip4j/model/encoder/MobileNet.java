package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The MobileNetV3 (Howard et al. 2019) under the published CenterNet; its normalisations are folded into biases. */
final class MobileNet {
    static final int CHANNELS_AT_4 = 72;
    static final int CHANNELS_AT_8 = 96;
    static final int CHANNELS_AT_16 = 88;
    static final int CHANNELS_AT_32 = 480;

    private static final int STEM = 16;
    private static final List<InvertedResidual.Config> BLOCKS = List.of(
            new InvertedResidual.Config(16, 16, 16, 3, 1, 0, false),
            new InvertedResidual.Config(16, 64, 24, 3, 2, 0, false),
            new InvertedResidual.Config(24, 72, 24, 3, 1, 0, false),
            new InvertedResidual.Config(24, CHANNELS_AT_4, 32, 5, 2, 24, false),
            new InvertedResidual.Config(32, 96, 32, 5, 1, 24, false),
            new InvertedResidual.Config(32, CHANNELS_AT_8, 32, 5, 1, 24, false),
            new InvertedResidual.Config(32, 192, 64, 3, 2, 0, true),
            new InvertedResidual.Config(64, 160, 64, 3, 1, 0, true),
            new InvertedResidual.Config(64, 144, 64, 3, 1, 0, true),
            new InvertedResidual.Config(64, 144, 64, 3, 1, 0, true),
            new InvertedResidual.Config(64, 384, 88, 3, 1, 96, true),
            new InvertedResidual.Config(88, 528, CHANNELS_AT_16, 3, 1, 136, true),
            new InvertedResidual.Config(88, 528, 120, 5, 2, 136, true),
            new InvertedResidual.Config(120, 720, 120, 5, 1, 184, true),
            new InvertedResidual.Config(120, 720, 120, 5, 1, 184, true));
    /** The widened maps of these two blocks are taken out: the last of strides 4 and 8. */
    private static final int TAP_AT_4 = 3;

    private static final int TAP_AT_8 = 5;
    /** The output of this block is the last of stride 16. */
    private static final int TAP_AT_16 = 11;

    /** Maps at strides 4, 8, 16 and 32. */
    record Maps(Tensor at4, Tensor at8, Tensor at16, Tensor at32) {}

    private final SameConvolution stem;
    private final List<InvertedResidual> blocks = new ArrayList<>();
    private final SameConvolution last;

    MobileNet(Parameters parameters) {
        stem = SameConvolution.dense(parameters.at("stem"), 3, STEM, 3, 2);
        for (InvertedResidual.Config block : BLOCKS) {
            blocks.add(new InvertedResidual(parameters.at("blocks").at(blocks.size()), block));
        }
        last = SameConvolution.pointwise(
                parameters.at("last"), BLOCKS.get(BLOCKS.size() - 1).out(), CHANNELS_AT_32);
    }

    /** (N, 3, H, W) RGB 0..255, sides multiples of 32. */
    Maps forward(Tensor rgb) {
        Tensor x = through(torch.hardswish(stem.forward(rgb)), 0, TAP_AT_4); // (N, 24, H/4, W/4)
        Tensor at4 = blocks.get(TAP_AT_4).widen(x);
        x = through(blocks.get(TAP_AT_4).narrow(x, at4), TAP_AT_4 + 1, TAP_AT_8); // (N, 32, H/8, W/8)
        Tensor at8 = blocks.get(TAP_AT_8).widen(x);
        x = blocks.get(TAP_AT_8).narrow(x, at8);
        Tensor at16 = through(x, TAP_AT_8 + 1, TAP_AT_16 + 1);
        Tensor deepest = through(at16, TAP_AT_16 + 1, blocks.size()); // (N, 120, H/32, W/32)
        return new Maps(at4, at8, at16, torch.hardswish(last.forward(deepest)));
    }

    private Tensor through(Tensor x, int from, int to) {
        Tensor result = x;
        for (InvertedResidual block : blocks.subList(from, to)) {
            result = block.forward(result);
        }
        return result;
    }
}
