package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.encoder.CenterNetEncoder;
import io.glip4j.torch.Parameters;
import java.io.IOException;
import java.io.InputStream;

/**
 * The COCO-trained CenterNet on MobileNetV3 from the npm package {@code @vladmandic/human} (MIT), whose files are
 * resources of this library.
 */
public final class CenterNetWeights {
    private static final String JSON = "centernet-coco80/centernet.json";
    private static final String BINARY = "centernet-coco80/centernet.bin";

    private static final String BACKBONE = "tower_0/MobilenetV3/";
    private static final String HEAD = "tower_0/CenternetHead/";
    private static final int BLOCKS = 15;

    private final TfjsWeights weights;
    private final ParameterFill fill;

    private CenterNetWeights(TfjsWeights weights, ParameterFill fill) {
        this.weights = weights;
        this.fill = fill;
    }

    /** Puts the weights into the parameters of a {@code CenterNet}, or an encoder, that start with {@code prefix}, dot included. */
    public static void load(Parameters parameters, String prefix) {
        try (InputStream json = open(JSON);
                InputStream binary = open(BINARY)) {
            load(json, binary, parameters, prefix);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    "wanted to read " + BINARY + " of this library, got: " + e.getMessage() + "; build it again",
                    e);
        }
    }

    static void load(InputStream json, InputStream binary, Parameters parameters, String prefix) throws IOException {
        CenterNetWeights load = new CenterNetWeights(
                TfjsWeights.read(json, binary, BINARY), new ParameterFill(parameters, prefix, BINARY));
        load.backbone();
        load.path();
        load.fill.finish();
    }

    private void backbone() {
        dense("backbone.stem", BACKBONE + "Conv/Conv2D");
        for (int i = 0; i < BLOCKS; i++) {
            String from = BACKBONE + "expanded_conv" + (i == 0 ? "" : "_" + i);
            String to = "backbone.blocks." + i;
            if (fill.wants(to + ".expand.weight")) {
                dense(to + ".expand", from + "/expand/Conv2D");
            }
            depthwise(to + ".depthwise", from + "/depthwise/depthwise_weights");
            bias(to + ".depthwise", from + "/depthwise/depthwise_bn_offset");
            if (fill.wants(to + ".squeeze_excite.reduce.weight")) {
                squeezeExcite(to + ".squeeze_excite.reduce", i, "Conv");
                squeezeExcite(to + ".squeeze_excite.expand", i, "Conv_1");
            }
            dense(to + ".project", from + "/project/Conv2D");
        }
        dense("backbone.last", "tower_0/extern1/Conv2D");
    }

    private void squeezeExcite(String to, int block, String layer) {
        String from = "MobilenetV3/expanded_conv_" + block + "/squeeze_excite/" + layer;
        kernel(to, from + "/weights");
        bias(to, from + "/biases");
    }

    private void path() {
        lateral("lateral16", "c4_reverse");
        lateral("lateral8", "c3_reverse");
        lateral("lateral4", "c2_reverse");
        upsampling("from32", "c5_upsample");
        upsampling("from16", "c4_upsample");
        upsampling("from8", "c3_upsample");
        dense("gate.reduce", HEAD + "conv1x1_se_a/Conv2D");
        kernel("gate.expand", "CenternetHead/conv1x1_se_b/weights");
        head("classes", "centernet_cls_output");
        head("sides", "centernet_wh_output");
    }

    private void lateral(String to, String from) {
        dense(to + ".narrow", HEAD + from + "/1x1/Conv2D");
        depthwise(to + ".filter", "CenternetHead/" + from + "/3x3/depthwise_weights");
        dense(to + ".widen", HEAD + from + "/3x3/separable_conv2d");
    }

    private void upsampling(String to, String from) {
        String small = from + "/branch_x_upsample_resize";
        String large = from + "/branch_y_upsample_resize";
        depthwise(to + ".small_filter", "CenternetHead/" + small + "/depthwise_weights");
        dense(to + ".small", HEAD + small + "/separable_conv2d");
        depthwise(to + ".large_filter", "CenternetHead/" + large + "/depthwise_weights");
        dense(to + ".large", HEAD + large + "/separable_conv2d");
    }

    private void head(String to, String from) {
        depthwise(to + ".filter", "CenternetHead/" + from + "/depthwise_weights");
        kernel(to + ".predict", "CenternetHead/" + from + "/pointwise_weights");
        bias(to + ".predict", "CenternetHead/" + from + "/biases");
    }

    /** A convolution whose normalisation was folded into weights and offset. */
    private void dense(String to, String from) {
        kernel(to, from + "_weights");
        bias(to, from + "_bn_offset");
    }

    /** From (height, width, in, out) to (out, in, height, width). */
    private void kernel(String to, String from) {
        TfjsWeights.Weight weight = weights.get(from);
        put(to + ".weight", weight, 3, 2, 0, 1);
    }

    /** From (height, width, channels, 1) to (channels, 1, height, width). */
    private void depthwise(String to, String from) {
        TfjsWeights.Weight weight = weights.get(from);
        put(to + ".weight", weight, 2, 3, 0, 1);
    }

    private void bias(String to, String from) {
        TfjsWeights.Weight weight = weights.get(from);
        put(to + ".bias", weight, 0);
    }

    /** Into the CenterNet and, where an encoder has one beside it, into the path that is learned from there. */
    private void put(String to, TfjsWeights.Weight weight, long... order) {
        fill.put(to, weight.values, weight.shape, order);
        String learned = CenterNetEncoder.LEARNED + "." + to;
        if (fill.wants(learned)) {
            fill.put(learned, weight.values, weight.shape, order);
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = CenterNetWeights.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, "wanted " + resource + " in this library, got nothing; build it again");
        }
        return stream;
    }
}
