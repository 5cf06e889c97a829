package io.glip4j.data;

import io.glip4j.input.Span;
import io.glip4j.input.SpannedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Turns a detection sample into grounding: all present classes and some absent ones, in random order, as one prompt.
 * Absent classes are left out before present ones where the prompt would not fit the text encoder.
 */
public final class PromptMaker {
    private static final String SEPARATOR = ". ";
    private static final int SEPARATOR_TOKENS = 1;
    private static final int START_AND_END = 2;

    private final NegativeSampling sampling;
    private final ToIntFunction<String> tokensOf;
    private final int maxTokens;

    /**
     * Makes prompts for one text encoder.
     *
     * @param tokensOf number of tokens of a class name, without start and end
     * @param maxTokens most tokens of a prompt, start and end included
     */
    public PromptMaker(NegativeSampling sampling, ToIntFunction<String> tokensOf, int maxTokens) {
        this.sampling = sampling;
        this.tokensOf = tokensOf;
        this.maxTokens = maxTokens;
    }

    /** The prompt, and for each box where its class stands in it: nowhere (an empty list) if it did not fit. */
    public DetectionPrompt make(ClassNames names, SplittableRandom random) {
        List<Integer> present = new ArrayList<>(new TreeSet<>(names.labels()));
        int wanted = negatives(names.absent().size(), random);
        List<Integer> candidates = new ArrayList<>(shuffled(present, random));
        candidates.addAll(shuffled(names.absent(), random).subList(0, wanted));
        return write(names, shuffled(thatFit(names.vocabulary(), candidates), random));
    }

    private int negatives(int absent, SplittableRandom random) {
        int most = Math.min(absent, sampling.most());
        if (most == 0 || random.nextDouble() < sampling.fullProbability()) {
            return most;
        }
        return 1 + random.nextInt(most);
    }

    private List<Integer> thatFit(List<String> vocabulary, List<Integer> candidates) {
        List<Integer> chosen = new ArrayList<>();
        int used = START_AND_END;
        for (int label : candidates) {
            int tokens = tokensOf.applyAsInt(vocabulary.get(label));
            if (used + tokens <= maxTokens) {
                chosen.add(label);
                used += tokens + SEPARATOR_TOKENS;
            }
        }
        return chosen;
    }

    private static DetectionPrompt write(ClassNames names, List<Integer> classes) {
        SpannedText text = new SpannedText();
        Map<Integer, Span> spans = new HashMap<>();
        for (int label : classes) {
            spans.put(label, text.divide(SEPARATOR).phrase(names.vocabulary().get(label)));
        }
        List<List<Span>> phrases = new ArrayList<>();
        for (int label : names.labels()) {
            Span span = spans.get(label);
            phrases.add(span == null ? List.of() : List.of(span));
        }
        return new DetectionPrompt(new Caption(text.toString(), phrases), spans);
    }

    private static List<Integer> shuffled(List<Integer> values, SplittableRandom random) {
        return Arrays.stream(Seeds.permutation(values.size(), random))
                .mapToObj(values::get)
                .toList();
    }
}
