package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Objects as points (Zhou et al. 2019) on MobileNetV3 with a top-down path to stride 4: which of the 80 COCO classes
 * has an object's centre where, and how far its sides are. The layers and their widths are those of the published
 * weights.
 */
public final class CenterNet {
    public static final int CLASSES = 80;
    /** Pixels between two positions of the heatmap. */
    public static final int STRIDE = 4;

    static final int CHANNELS_AT_8 = 192;
    static final int CHANNELS_AT_16 = 256;
    static final int CHANNELS_AT_32 = MobileNet.CHANNELS_AT_32;

    private static final int CHANNELS_AT_4 = 128;
    private static final int GATE = 32;
    private static final int SIDES = 4;
    private static final double PIXELS_PER_SIDE_UNIT = 16;

    /**
     * What the network says of N pictures of H x W pixels.
     *
     * @param shallow8 (N, 96, H/8, W/8) the backbone at stride 8
     * @param shallow16 (N, 64, H/16, W/16) the backbone where its deep blocks begin
     * @param at8 (N, 192, H/8, W/8) the top-down path at stride 8
     * @param at16 (N, 256, H/16, W/16) the same at stride 16
     * @param at32 (N, 480, H/32, W/32) the backbone's last map
     * @param logits (N, 80, H/4, W/4) per class, that an object's centre is here
     * @param sides (N, 4, H/4, W/4) pixels from (4x, 4y) to the left, top, right and bottom side
     */
    public record Output(
            Tensor shallow8, Tensor shallow16, Tensor at8, Tensor at16, Tensor at32, Tensor logits, Tensor sides) {}

    private final MobileNet backbone;
    private final TopDown topDown;
    private final Lateral lateral4;
    private final Upsampling from8;
    private final SameConvolution gateReduce;
    private final SameConvolution gateExpand;
    private final Head classHead;
    private final Head sideHead;

    public CenterNet(Parameters parameters) {
        backbone = new MobileNet(parameters.at("backbone"));
        topDown = new TopDown(parameters);
        from8 = new Upsampling(parameters.at("from8"), CHANNELS_AT_8, CHANNELS_AT_4 / 2);
        lateral4 = new Lateral(parameters.at("lateral4"), MobileNet.CHANNELS_AT_4, CHANNELS_AT_4 / 2);
        gateReduce = SameConvolution.pointwise(parameters.at("gate").at("reduce"), CHANNELS_AT_4, GATE);
        gateExpand = SameConvolution.pointwiseWithoutBias(parameters.at("gate").at("expand"), GATE, CHANNELS_AT_4);
        classHead = new Head(parameters.at("classes"), CLASSES);
        sideHead = new Head(parameters.at("sides"), SIDES);
    }

    /** Pictures (N, 3, H, W), RGB 0..255, sides multiples of 32. */
    public Output forward(Tensor rgb) {
        MobileNet.ShallowMaps shallow = backbone.shallow(rgb);
        Maps maps = topDown.forward(shallow.at8(), backbone.deep(shallow.at16()));
        Tensor at4 = gate(join(lateral4.forward(shallow.at4()), from8.forward(maps.at8()))); // (N, 128, H/4, W/4)
        Tensor sides = Tensors.times(sideHead.forward(at4), PIXELS_PER_SIDE_UNIT);
        return new Output(
                shallow.at8(), shallow.at16(), maps.at8(), maps.at16(), maps.at32(), classHead.forward(at4), sides);
    }

    /**
     * Maps of the top-down path.
     *
     * @param at8 (N, 192, H/8, W/8)
     * @param at16 (N, 256, H/16, W/16)
     * @param at32 (N, 480, H/32, W/32), the backbone's last one
     */
    record Maps(Tensor at8, Tensor at16, Tensor at32) {}

    /** From the backbone's last map down to stride 8. */
    static final class TopDown {
        private final Upsampling from32;
        private final Lateral lateral16;
        private final Upsampling from16;
        private final Lateral lateral8;

        /** Registers {@code from32}, {@code lateral16}, {@code from16} and {@code lateral8}. */
        TopDown(Parameters parameters) {
            from32 = new Upsampling(parameters.at("from32"), CHANNELS_AT_32, CHANNELS_AT_16 / 2);
            lateral16 = new Lateral(parameters.at("lateral16"), MobileNet.CHANNELS_AT_16, CHANNELS_AT_16 / 2);
            from16 = new Upsampling(parameters.at("from16"), CHANNELS_AT_16, CHANNELS_AT_8 / 2);
            lateral8 = new Lateral(parameters.at("lateral8"), MobileNet.CHANNELS_AT_8, CHANNELS_AT_8 / 2);
        }

        /** @param shallow8 the backbone's map, (N, 96, H/8, W/8) */
        Maps forward(Tensor shallow8, MobileNet.DeepMaps deep) {
            Tensor at16 = join(lateral16.forward(deep.at16()), from32.forward(deep.at32()));
            return new Maps(join(lateral8.forward(shallow8), from16.forward(at16)), at16, deep.at32());
        }
    }

    private static Tensor join(Tensor lateral, Tensor topDown) {
        return torch.relu(Tensors.cat(1, lateral, topDown));
    }

    private Tensor gate(Tensor x) {
        Tensor mean = x.mean(new long[] {2, 3}, true, new ScalarTypeOptional()); // (N, C, 1, 1)
        return x.mul(torch.sigmoid(gateExpand.forward(torch.relu(gateReduce.forward(mean)))));
    }

    /** A map of the backbone on its way into the top-down path. */
    private static final class Lateral {
        private static final int NARROWING = 4;

        private final SameConvolution narrow;
        private final SameConvolution filter;
        private final SameConvolution widen;

        Lateral(Parameters parameters, long in, long out) {
            long narrowed = in / NARROWING;
            narrow = SameConvolution.pointwise(parameters.at("narrow"), in, narrowed);
            filter = SameConvolution.depthwiseWithoutBias(parameters.at("filter"), narrowed, 5);
            widen = SameConvolution.pointwise(parameters.at("widen"), narrowed, out);
        }

        Tensor forward(Tensor x) {
            return widen.forward(filter.forward(torch.relu(narrow.forward(x))));
        }
    }

    /** Two separable convolutions added, then twice the size. */
    private static final class Upsampling {
        private final SameConvolution smallFilter;
        private final SameConvolution small;
        private final SameConvolution largeFilter;
        private final SameConvolution large;

        Upsampling(Parameters parameters, long in, long out) {
            smallFilter = SameConvolution.depthwiseWithoutBias(parameters.at("small_filter"), in, 3);
            small = SameConvolution.pointwise(parameters.at("small"), in, out);
            largeFilter = SameConvolution.depthwiseWithoutBias(parameters.at("large_filter"), in, 5);
            large = SameConvolution.pointwise(parameters.at("large"), in, out);
        }

        /** (N, in, H, W) to (N, out, 2H, 2W). */
        Tensor forward(Tensor x) {
            return twice(small.forward(smallFilter.forward(x)).add(large.forward(largeFilter.forward(x))));
        }

        /** Bilinear with samples at even positions as they are, as TensorFlow's resize without half-pixel centres. */
        private static Tensor twice(Tensor x) {
            long[] size = {2 * x.size(2) - 1, 2 * x.size(3) - 1};
            return torch.replication_pad2d(torch.upsample_bilinear2d(x, size, true), 0, 1, 0, 1);
        }
    }

    /** A separable convolution to the prediction. */
    private static final class Head {
        private final SameConvolution filter;
        private final SameConvolution predict;

        Head(Parameters parameters, long out) {
            filter = SameConvolution.depthwiseWithoutBias(parameters.at("filter"), CHANNELS_AT_4, 3);
            predict = SameConvolution.pointwise(parameters.at("predict"), CHANNELS_AT_4, out);
        }

        Tensor forward(Tensor x) {
            return predict.forward(filter.forward(x));
        }
    }
}
