package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;
import java.util.List;
import java.util.stream.IntStream;
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
    /** The first block of {@link Deep}. */
    private static final int DEEP = 7;

    /**
     * The blocks up to stride 16.
     *
     * @param at4 (N, 72, H/4, W/4)
     * @param at8 (N, 96, H/8, W/8)
     * @param at16 (N, 64, H/16, W/16), what {@link Deep} goes on from
     */
    record ShallowMaps(Tensor at4, Tensor at8, Tensor at16) {}

    /**
     * The blocks from there.
     *
     * @param at16 (N, 88, H/16, W/16)
     * @param at32 (N, 480, H/32, W/32)
     */
    record DeepMaps(Tensor at16, Tensor at32) {}

    private final SameConvolution stem;
    private final List<InvertedResidual> blocks;
    private final Deep deep;

    MobileNet(Parameters parameters) {
        stem = SameConvolution.dense(parameters.at("stem"), 3, STEM, 3, 2);
        blocks = blocks(parameters, 0, DEEP);
        deep = new Deep(parameters);
    }

    private static List<InvertedResidual> blocks(Parameters parameters, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(block -> new InvertedResidual(parameters.at("blocks").at(block), BLOCKS.get(block)))
                .toList();
    }

    /** (N, 3, H, W) RGB 0..255, sides multiples of 32. */
    ShallowMaps shallow(Tensor rgb) {
        Tensor x = through(blocks.subList(0, TAP_AT_4), torch.hardswish(stem.forward(rgb))); // (N, 24, H/4, W/4)
        Tensor at4 = blocks.get(TAP_AT_4).widen(x);
        x = through(blocks.subList(TAP_AT_4 + 1, TAP_AT_8), blocks.get(TAP_AT_4).narrow(x, at4)); // (N, 32, H/8, W/8)
        Tensor at8 = blocks.get(TAP_AT_8).widen(x);
        x = blocks.get(TAP_AT_8).narrow(x, at8);
        return new ShallowMaps(at4, at8, through(blocks.subList(TAP_AT_8 + 1, DEEP), x));
    }

    /** @param shallow16 (N, 64, H/16, W/16) */
    DeepMaps deep(Tensor shallow16) {
        return deep.forward(shallow16);
    }

    private static Tensor through(List<InvertedResidual> blocks, Tensor x) {
        Tensor result = x;
        for (InvertedResidual block : blocks) {
            result = block.forward(result);
        }
        return result;
    }

    /** The blocks that see objects rather than edges. */
    static final class Deep {
        private final List<InvertedResidual> to16;
        private final List<InvertedResidual> to32;
        private final SameConvolution last;

        /** Registers {@code blocks.7} to {@code blocks.14} and {@code last}. */
        Deep(Parameters parameters) {
            to16 = blocks(parameters, DEEP, TAP_AT_16 + 1);
            to32 = blocks(parameters, TAP_AT_16 + 1, BLOCKS.size());
            last = SameConvolution.pointwise(
                    parameters.at("last"), BLOCKS.get(BLOCKS.size() - 1).out(), CHANNELS_AT_32);
        }

        /** @param shallow16 (N, 64, H/16, W/16) */
        DeepMaps forward(Tensor shallow16) {
            Tensor at16 = through(to16, shallow16);
            return new DeepMaps(at16, torch.hardswish(last.forward(through(to32, at16)))); // of (N, 120, H/32, W/32)
        }
    }
}
