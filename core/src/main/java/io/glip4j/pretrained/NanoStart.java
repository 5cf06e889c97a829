package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.CenterNetConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.encoder.CenterNet;
import io.glip4j.model.encoder.CenterNetEncoder;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the training of a nano starts, so that few pictures are enough: before the first step it finds what the
 * CenterNet finds, by the classes' names.
 *
 * <p>Both encoders get their published weights. Between them, evidence for a COCO class enters the pyramid along the
 * direction of the class's name ({@link ClassDirections}) and the box of the strongest peak by channels of its own
 * ({@link ChannelPlan}); the layers on the way start near the identity, and the head reads both off. What is random
 * starts small beside that.
 */
public final class NanoStart {
    private static final int MEANINGS = 72;

    /** The logit that evidence of 1 adds, which undoes the scale the encoder gives it. */
    private static final double LOGIT_OF_EVIDENCE = 2;

    private static final double RANDOM_MEANING = 0.05;
    private static final double RANDOM_NEIGHBOURS = 0.3;
    private static final double RANDOM_TEXT = 0.2;
    private static final double RANDOM_ALIGNMENT = 0.1;
    private static final double FUSION_GAMMA = 0.1;

    /** What offsets and log sizes of the encoder are in the box coder's units: anchors are 8 cells wide. */
    private static final double[] CODED = {10.0 / 8, 10.0 / 8, 5, 5};

    /** Masks of the deformable convolutions start at a half, and so does scale attention. */
    private static final double HALF = 0.5;
    /** A middle level averages itself and two neighbours, the finest itself and one. */
    private static final double LEVELS_AVERAGED = 3;

    private static final double FINEST_GAIN = 2 / LEVELS_AVERAGED;
    /** Bias of the second slope of a dynamic rectifier: the slope is 0.9, nearly linear both ways. */
    private static final double SECOND_SLOPE_BIAS = 2.7;

    private static final double SECOND_SLOPE = 0.9;

    private static final long CENTRE = 1;
    private static final String PYRAMID = "backbone.fpn.";
    private static final List<String> LATERAL = List.of("fpn_inner2", "fpn_inner3", "fpn_inner4");
    private static final List<String> OUTPUT = List.of("fpn_layer2", "fpn_layer3", "fpn_layer4");
    private static final String HEAD = "rpn.head.";
    private static final String TOWER = HEAD + "dyhead_tower.";
    private static final String PROJECTION = HEAD + "dot_product_projection_text.";

    private final Map<String, Tensor> parameters;
    private final ChannelPlan plan;

    private NanoStart(Parameters parameters, GlipConfig config) {
        this.parameters = parameters.byName();
        this.plan = ChannelPlan.of(config.fusion().channels(), config.fusion().groups(), MEANINGS);
    }

    /** Sets all parameters of a freshly made network, whose tokenizer is {@link #tokenizer}. */
    public static void apply(Parameters parameters, GlipModel model, GlipConfig config) {
        if (!(config.imageEncoder() instanceof CenterNetConfig)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a network on the CenterNet, got " + config.imageEncoder() + "; use the preset nano");
        }
        CenterNetWeights.load(parameters, "backbone.body.");
        MiniLm.load(parameters, "language_backbone.body.model.");
        try (Tokenizer tokenizer = tokenizer();
                TensorScope scope = TensorScope.withoutGradient()) {
            NanoStart start = new NanoStart(parameters, config);
            start.pyramid();
            for (int block = 0; block < config.fusion().blocks(); block++) {
                start.fusionBlock(3 * block);
            }
            start.boxes();
            start.align(
                    ClassDirections.of(model, tokenizer, start.plan.meaning().size()));
        }
    }

    /**
     * Where words and evidence meet: channels of the pyramid, ascending, into which {@link #evidence} goes and from which
     * words are read.
     */
    public static List<Integer> meaningChannels(GlipConfig config) {
        return ChannelPlan.of(config.fusion().channels(), config.fusion().groups(), MEANINGS)
                .meaning();
    }

    /** The 1x1 convolutions through which a class's evidence enters the pyramid, at strides 8, 16 and 32. */
    public static List<String> evidenceWeights() {
        return LATERAL.stream().map(name -> PYRAMID + name + ".weight").toList();
    }

    /** (C, 80) of such a convolution (C, in, 1, 1): the direction of each class's evidence. */
    public static Tensor evidence(Tensor weight) {
        return weight.narrow(1, weight.size(1) - CenterNetEncoder.EVIDENCE, CenterNet.CLASSES)
                .flatten(1, 3);
    }

    /** The tokenizer of a nano: MiniLM's. */
    public static Tokenizer tokenizer() {
        return Tokenizer.of(MiniLm.tokenizerJson(), "MiniLM's tokenizer.json");
    }

    private void pyramid() {
        for (String name : LATERAL) {
            Tensor weight = get(PYRAMID + name + ".weight"); // (C, in, 1, 1)
            scaleRows(weight, plan.meaning(), RANDOM_MEANING);
            scaleRows(weight, plan.boxes(), 0);
            long firstBox = weight.size(1) - CenterNetEncoder.EVIDENCE + CenterNet.CLASSES;
            weight.narrow(1, firstBox, CODED.length).zero_();
            for (int value = 0; value < CODED.length; value++) {
                put(weight, 1, plan.box(value), firstBox + value, 0, 0);
                put(weight, -1, plan.negativeBox(value), firstBox + value, 0, 0);
            }
        }
        for (String name : OUTPUT) {
            Tensor weight = get(PYRAMID + name + ".weight"); // (C, C, 3, 3)
            double gain = name.equals(OUTPUT.get(0)) ? FINEST_GAIN : 1;
            passOn(weight, gain);
            addCarriers(PYRAMID + name);
        }
        coarserLevels();
    }

    /** P6 sees the mean of the four cells of P5 that a cell covers; P7 starts empty. */
    private void coarserLevels() {
        String p6 = PYRAMID + "top_blocks.p6";
        Tensor weight = get(p6 + ".weight"); // (C, C, 3, 3)
        passOn(weight, 0);
        Tensor bias = get(p6 + ".bias");
        for (int y = 1; y <= 2; y++) {
            for (int x = 1; x <= 2; x++) {
                for (int channel : plan.meaning()) {
                    put(weight, 1.0 / 4, channel, channel, y, x);
                }
                for (int channel : plan.boxes()) {
                    put(weight, channel < plan.box(2) ? 1.0 / 8 : 1.0 / 4, channel, channel, y, x);
                }
            }
        }
        for (int value = 2; value < CODED.length; value++) { // sizes are told against an anchor twice as large
            put(bias, -Math.log(2), plan.box(value));
            put(bias, Math.log(2), plan.negativeBox(value));
        }
        addCarriers(p6);
        passOn(get(PYRAMID + "top_blocks.p7.weight"), 0);
        addCarriers(PYRAMID + "top_blocks.p7");
    }

    private void fusionBlock(int first) {
        String attention = TOWER + first + ".b_attn.";
        get(attention + "gamma_v").fill_(new Scalar(FUSION_GAMMA));
        get(attention + "gamma_l").fill_(new Scalar(FUSION_GAMMA));
        plan.boxes().forEach(channel -> put(get(attention + "gamma_v"), 0, channel));
        undoNorm(attention + "layer_norm_v", 1);

        String text = TOWER + (first + 1) + ".";
        get(text + "attention.output.dense.weight").mul_(new Scalar(RANDOM_TEXT));
        get(text + "output.dense.weight").mul_(new Scalar(RANDOM_TEXT));

        String dynamic = TOWER + (first + 2) + ".";
        for (int neighbour = 0; neighbour < LEVELS_AVERAGED; neighbour++) {
            String convolution = dynamic + "DyConv." + neighbour;
            boolean own = neighbour == 1;
            passOn(get(convolution + ".conv.weight"), own ? 1 / HALF : 0);
            addCarriers(convolution + ".conv");
            undoNorm(convolution + ".bn", own ? LEVELS_AVERAGED / HALF : 1);
        }
        linearRectifier(dynamic + "relu.fc.2");
    }

    /** The second slopes of all but free channels start at 0.9 instead of 0. */
    private void linearRectifier(String expand) {
        get(expand + ".weight").mul_(new Scalar(RANDOM_ALIGNMENT));
        Tensor bias = get(expand + ".bias"); // (4C): first slopes, first offsets, second slopes, second offsets
        bias.zero_();
        bias.narrow(0, 2L * plan.channels(), plan.channels()).fill_(new Scalar(SECOND_SLOPE_BIAS));
        plan.free().forEach(channel -> put(bias, 0, 2L * plan.channels() + channel));
    }

    private void boxes() {
        Tensor weight = get(HEAD + "bbox_pred.weight"); // (4, C, 1, 1)
        weight.mul_(new Scalar(RANDOM_ALIGNMENT));
        double slope = (1 + SECOND_SLOPE) / 2;
        for (int value = 0; value < CODED.length; value++) {
            put(weight, CODED[value] / 2 / slope, value, plan.box(value), 0, 0);
            put(weight, -CODED[value] / 2 / slope, value, plan.negativeBox(value), 0, 0);
        }
    }

    /** Lets evidence and words enter the channels of meaning by the same directions. */
    private void align(ClassDirections directions) {
        double scale = Math.sqrt(LOGIT_OF_EVIDENCE / directions.ownProduct());
        Tensor evidence = Tensors.times(directions.classes(), scale); // (R, K)
        for (String name : LATERAL) {
            Tensor weight = get(PYRAMID + name + ".weight"); // (C, in, 1, 1)
            Tensor ofClasses = weight.narrow(1, weight.size(1) - CenterNetEncoder.EVIDENCE, CenterNet.CLASSES);
            ofClasses.zero_();
            copyRows(evidence, ofClasses.select(3, 0).select(2, 0));
        }
        Tensor weight = get(PROJECTION + "weight"); // (C, Ct)
        Tensor bias = get(PROJECTION + "bias"); // (C)
        weight.mul_(new Scalar(RANDOM_ALIGNMENT));
        Tensor words = Tensors.times(directions.basis(), 2 * scale); // the head halves the unit vectors
        copyRows(words, weight);
        copyRows(Tensors.times(words.matmul(directions.mean()), -HALF), bias);
    }

    /** Row i of {@code from} to the row of the i-th channel of meaning. */
    private void copyRows(Tensor from, Tensor to) {
        for (int i = 0; i < from.size(0); i++) {
            to.select(0, plan.meaning().get(i)).copy_(from.select(0, i));
        }
    }

    /**
     * A 3x3 convolution (C, C, 3, 3) that passes meaning and boxes on by its middle tap, mixes little into meaning,
     * nothing into boxes and carriers, and what it likes into free channels.
     */
    private void passOn(Tensor weight, double gain) {
        weight.mul_(new Scalar(RANDOM_NEIGHBOURS));
        scaleRows(weight, plan.meaning(), RANDOM_MEANING);
        scaleRows(weight, plan.boxes(), 0);
        scaleRows(weight, plan.carriers(), 0);
        plan.carriers().forEach(carrier -> weight.select(1, carrier).zero_());
        for (Collection<Integer> kept : List.of(plan.meaning(), plan.boxes())) {
            kept.forEach(channel -> put(weight, gain, channel, channel, CENTRE, CENTRE));
        }
    }

    private void addCarriers(String convolution) {
        plan.carriers().forEach(carrier -> put(get(convolution + ".bias"), ChannelPlan.CARRIER, carrier));
    }

    /** A normalisation that gives back what came in, times {@code gain}, and drops the carriers. */
    private void undoNorm(String norm, double gain) {
        get(norm + ".weight").fill_(new Scalar(gain * plan.carrierDeviation()));
        get(norm + ".bias").fill_(new Scalar(gain * plan.carrierMean()));
        plan.carriers().forEach(carrier -> {
            put(get(norm + ".weight"), 0, carrier);
            put(get(norm + ".bias"), 0, carrier);
        });
    }

    private static void scaleRows(Tensor weight, List<Integer> rows, double factor) {
        rows.forEach(row -> weight.select(0, row).mul_(new Scalar(factor)));
    }

    private static void put(Tensor tensor, double value, long... at) {
        Tensor place = tensor;
        for (long index : at) {
            place = place.select(0, index);
        }
        place.fill_(new Scalar(value));
    }

    private Tensor get(String name) {
        Tensor parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter;
    }
}
