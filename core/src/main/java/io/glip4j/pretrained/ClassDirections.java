package io.glip4j.pretrained;

import io.glip4j.input.Span;
import io.glip4j.input.SpannedText;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.model.encoder.CenterNet;
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
 * The directions in which the names of COCO's classes differ most as a network's head sees them: a place for every
 * class, and for every other word a place between them (convex combination of embeddings, Norouzi et al. 2014).
 *
 * @param mean (Ct) of all class names, as fused text of length 1
 * @param basis (R, Ct) orthogonal, the stronger a direction the shorter
 * @param classes (R, K) each class name in that basis
 */
record ClassDirections(Tensor mean, Tensor basis, Tensor classes) {
    /** Directions weaker than this share of the strongest are not amplified to its size. */
    private static final double WHITENING_FLOOR = 0.2;

    private static final int PROMPT_ROUNDS = 3;
    private static final int CLASSES_OF_PROMPT = 40;
    private static final String SEPARATOR = ". ";
    private static final long PROBE_SIDE = 64;

    /** A prompt of class names, and by label the positions of the tokens that name each. */
    private record Prompt(TokenizedText text, Map<Integer, List<Integer>> tokensOfClass) {}

    /** The {@code count} strongest directions; at most one less than there are classes. */
    static ClassDirections of(GlipModel model, Tokenizer tokenizer, int count) {
        Tensor vectors = classVectors(model, prompts(tokenizer)); // (K, Ct)
        Tensor mean = vectors.mean(0); // (Ct)
        Tensor centred = vectors.sub(mean); // (K, Ct)
        T_TensorTensorTensor_T svd = torch.linalg_svd(centred, false, new StringViewOptional());
        long kept = Math.min(count, CenterNet.CLASSES - 1);
        Tensor strengths = new Tensor(svd.get1()).narrow(0, 0, kept); // (R)
        Tensor floor = Tensors.times(strengths.amax(), WHITENING_FLOOR);
        Tensor basis = new Tensor(svd.get2())
                .narrow(0, 0, kept)
                .div(strengths.maximum(floor).unsqueeze(1)); // (R, Ct)
        return new ClassDirections(mean, basis, basis.matmul(centred.t()));
    }

    /** The mean product of a class with itself. */
    double ownProduct() {
        double length = classes.norm(new Scalar(2)).item_double();
        return length * length / CenterNet.CLASSES;
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
        SpannedText text = new SpannedText();
        Map<Integer, Span> spans = new HashMap<>();
        for (int label : labels) {
            spans.put(label, text.divide(SEPARATOR).phrase(CenterNetTeacher.CLASSES.get(label)));
        }
        TokenizedText tokens = tokenizer.encode(text.toString());
        Map<Integer, List<Integer>> positions = new HashMap<>();
        spans.forEach((label, span) -> positions.put(label, tokens.positions(List.of(span))));
        return new Prompt(tokens, positions);
    }

    /** The mean of each class's tokens as the head sees them: fused text, each of length 1; (K, Ct). */
    private static Tensor classVectors(GlipModel model, List<Prompt> prompts) {
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
            means[label] = Tensors.times(sums[label], 1.0 / counts[label]); // (1, Ct)
        }
        return Tensors.cat(0, means);
    }
}
