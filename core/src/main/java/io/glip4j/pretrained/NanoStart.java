package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Span;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.CenterNetConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.model.encoder.CenterNet;
import io.glip4j.model.encoder.CenterNetEncoder;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the training of a nano starts, so that few pictures are enough.
 *
 * <p>Both encoders get their published weights. Between them, evidence for a COCO class enters the pyramid along the
 * direction that the class's name has in the fused text, as a convex combination of word embeddings (Norouzi et al.
 * 2014), and convolutions on the way start near the identity: so image features and words agree before the first step,
 * and what training learns of one word holds for its neighbours.
 */
public final class NanoStart {
    private static final double KEPT_OF_RANDOM = 0.5;
    private static final double FUSION_GAMMA = 0.1;
    private static final double DIRECTION_LENGTH = 3;

    private static final double PROJECTED_LENGTH = 1;
    /** Directions weaker than this share of the strongest are not amplified to its size. */
    private static final double WHITENING_FLOOR = 0.2;

    private static final int PROMPT_ROUNDS = 3;
    private static final int CLASSES_OF_PROMPT = 40;
    private static final String SEPARATOR = ". ";

    private static final long CENTRE = 1;
    private static final long PROBE_SIDE = 64;
    private static final List<String> LATERAL =
            List.of("backbone.fpn.fpn_inner2", "backbone.fpn.fpn_inner3", "backbone.fpn.fpn_inner4");
    private static final List<String> IDENTITY = List.of(
            "backbone.fpn.fpn_layer2",
            "backbone.fpn.fpn_layer3",
            "backbone.fpn.fpn_layer4",
            "backbone.fpn.top_blocks.p6",
            "backbone.fpn.top_blocks.p7");
    private static final String TOWER = "rpn.head.dyhead_tower.";
    private static final String PROJECTION = "rpn.head.dot_product_projection_text.";

    private final Map<String, Tensor> parameters;
    private final GlipModel model;
    private final GlipConfig config;

    private NanoStart(Parameters parameters, GlipModel model, GlipConfig config) {
        this.parameters = parameters.byName();
        this.model = model;
        this.config = config;
    }

    /** A prompt of class names, and by label the positions of the tokens that name each. */
    private record Prompt(TokenizedText text, Map<Integer, List<Integer>> tokensOfClass) {}

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
            NanoStart start = new NanoStart(parameters, model, config);
            start.nearIdentity();
            start.align(start.classVectors(prompts(tokenizer)));
        }
    }

    /** The tokenizer of a nano: MiniLM's. */
    public static Tokenizer tokenizer() {
        return Tokenizer.of(MiniLm.tokenizerJson(), "MiniLM's tokenizer.json");
    }

    /** Each class among ever other ones, as a word's features depend on the words around it. */
    private static List<Prompt> prompts(Tokenizer tokenizer) {
        List<Integer> labels =
                new ArrayList<>(IntStream.range(0, CenterNet.CLASSES).boxed().toList());
        Random random = new Random(0);
        List<Prompt> prompts = new ArrayList<>();
        for (int round = 0; round < PROMPT_ROUNDS; round++) {
            Collections.shuffle(labels, random);
            for (int first = 0; first < labels.size(); first += CLASSES_OF_PROMPT) {
                prompts.add(prompt(tokenizer, labels.subList(first, first + CLASSES_OF_PROMPT)));
            }
        }
        return prompts;
    }

    private static Prompt prompt(Tokenizer tokenizer, List<Integer> labels) {
        StringBuilder text = new StringBuilder();
        Map<Integer, Span> spans = new HashMap<>();
        for (int label : labels) {
            text.append(text.isEmpty() ? "" : SEPARATOR);
            int begin = text.length();
            text.append(CenterNetTeacher.CLASSES.get(label));
            spans.put(label, new Span(begin, text.length()));
        }
        TokenizedText tokens = tokenizer.encode(text.toString());
        Map<Integer, List<Integer>> positions = new HashMap<>();
        spans.forEach((label, span) -> positions.put(label, tokens.positions(List.of(span))));
        return new Prompt(tokens, positions);
    }

    private void nearIdentity() {
        for (String name : IDENTITY) {
            Tensor weight = get(name + ".weight");
            weight.mul_(new Scalar(KEPT_OF_RANDOM));
            addIdentity(weight);
        }
        for (int block = 0; block < config.fusion().blocks(); block++) {
            int first = 3 * block;
            get(TOWER + first + ".b_attn.gamma_v").fill_(new Scalar(FUSION_GAMMA));
            get(TOWER + first + ".b_attn.gamma_l").fill_(new Scalar(FUSION_GAMMA));
            for (int neighbour = 0; neighbour < 3; neighbour++) {
                addIdentity(get(TOWER + (first + 2) + ".DyConv." + neighbour + ".conv.weight"));
            }
        }
    }

    /** Adds 1 to the middle tap of each channel onto itself; {@code weight} is (C, C, 3, 3). */
    private static void addIdentity(Tensor weight) {
        Tensor middle = weight.select(3, CENTRE).select(2, CENTRE); // (C, C), a view
        middle.add_(torch.eye(middle.size(0)));
    }

    /** The mean of each class's tokens as the head sees them: fused text, each of length 1; (80, Ct). */
    private Tensor classVectors(List<Prompt> prompts) {
        long width = config.textEncoder().width();
        Tensor[] sums = new Tensor[CenterNet.CLASSES];
        int[] counts = new int[CenterNet.CLASSES];
        Tensor picture = torch.zeros(1, 3, PROBE_SIDE, PROBE_SIDE);
        for (Prompt prompt : prompts) {
            Tensor text = Tensors.normalizeLast(
                    model.forward(picture, Tokenizer.batch(List.of(prompt.text())), Mode.INFERENCE)
                            .fused()
                            .text()); // (1, T, Ct)
            prompt.tokensOfClass().forEach((label, tokens) -> {
                for (int token : tokens) {
                    Tensor vector = text.select(1, token); // (1, Ct)
                    Tensor sum = sums[label];
                    sums[label] = sum == null ? vector : sum.add(vector);
                    counts[label]++;
                }
            });
        }
        Tensor[] means = new Tensor[CenterNet.CLASSES];
        for (int label = 0; label < means.length; label++) {
            means[label] = Tensors.times(sums[label], 1.0 / counts[label]).reshape(1, width);
        }
        return Tensors.cat(0, means);
    }

    /**
     * Chooses the directions in which class names differ most, gives each the same weight, and lets pictures (evidence)
     * and words (projection) enter the head's space by them. A direction takes two channels of opposite sign, so that
     * nothing is lost to the rectifiers on the way.
     */
    private void align(Tensor vectors) { // (K, Ct)
        Tensor mean = vectors.mean(0); // (Ct)
        Tensor centred = vectors.sub(mean); // (K, Ct)
        T_TensorTensorTensor_T svd = torch.linalg_svd(centred, false, new StringViewOptional());
        int channels = config.fusion().channels();
        long kept = Math.min(channels / 2, CenterNet.CLASSES - 1);
        Tensor strengths = new Tensor(svd.get1()).narrow(0, 0, kept); // (R)
        Tensor floor = Tensors.times(strengths.amax(), WHITENING_FLOOR);
        Tensor half = new Tensor(svd.get2())
                .narrow(0, 0, kept)
                .div(strengths.maximum(floor).unsqueeze(1)); // (R, Ct)
        Tensor basis = Tensors.cat(0, half, half.neg(), torch.zeros(channels - 2 * kept, half.size(1))); // (C, Ct)

        Tensor directions = basis.matmul(centred.t()); // (C, K)
        double length = directions.norm(new Scalar(2)).item_double() / Math.sqrt(CenterNet.CLASSES);
        Tensor evidence = Tensors.times(directions, DIRECTION_LENGTH / length);
        for (String name : LATERAL) {
            Tensor weight = get(name + ".weight"); // (C, in, 1, 1)
            weight.mul_(new Scalar(KEPT_OF_RANDOM));
            weight.narrow(1, weight.size(1) - CenterNetEncoder.EVIDENCE, CenterNet.CLASSES)
                    .copy_(evidence.unsqueeze(2).unsqueeze(3));
        }
        Tensor projection = Tensors.times(basis, 2 * PROJECTED_LENGTH / length); // of half a unit vector
        get(PROJECTION + "weight").copy_(projection);
        get(PROJECTION + "bias").copy_(Tensors.times(projection.matmul(mean), -0.5));
    }

    private Tensor get(String name) {
        Tensor parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter;
    }
}
