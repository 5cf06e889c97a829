package io.glip4j.train.words;

import io.glip4j.input.Span;
import io.glip4j.input.SpannedText;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.TextBatch;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Draws prompts of words: mostly "dog. mitten. lorry", at times "a dog near the lorry". */
final class WordPrompts {
    private static final int MOST_TOKENS = 250;
    private static final int FEW_WORDS = 6;
    private static final int MANY_WORDS = 30;
    private static final double FEW_SHARE = 0.5;
    private static final double SENTENCE_SHARE = 0.15;
    private static final double FINAL_STOP_SHARE = 0.5;
    private static final String SEPARATOR = ". ";
    private static final List<String> JOINTS =
            List.of(" and ", " near ", " on ", " with ", " in front of ", ", ", " next to ", " behind ");
    private static final List<String> ARTICLES = List.of("a ", "the ", "");

    private final ClassWords words;
    private final List<List<String>> byLabel;
    private final Tokenizer tokenizer;

    WordPrompts(ClassWords words, Tokenizer tokenizer) {
        this.words = words;
        this.byLabel = words.byLabel();
        this.tokenizer = tokenizer;
    }

    /**
     * N prompts and what their tokens stand for.
     *
     * @param text N prompts of T tokens
     * @param named (N, K, T) 1 where the token belongs to a word for the class
     * @param counted (N, 1, T) 1 at tokens of words, 0 at what joins them
     */
    record Batch(TextBatch text, Tensor named, Tensor counted) {}

    private record Prompt(TokenizedText text, List<Word> words) {}

    private record Word(String word, Span span) {}

    Batch draw(int count, SplittableRandom random) {
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(write(drawWords(random), random));
        }
        return batch(prompts);
    }

    private List<String> drawWords(SplittableRandom random) {
        int most = random.nextDouble() < FEW_SHARE ? FEW_WORDS : MANY_WORDS;
        int count = 1 + random.nextInt(most);
        Set<String> drawn = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            drawn.add(words.draw(byLabel, random));
        }
        return List.copyOf(drawn);
    }

    private Prompt write(List<String> drawn, SplittableRandom random) {
        boolean sentence = drawn.size() <= FEW_WORDS && random.nextDouble() < SENTENCE_SHARE;
        SpannedText text = new SpannedText();
        List<Word> placed = new ArrayList<>();
        for (String word : drawn) {
            if (!placed.isEmpty()) {
                text.add(sentence ? JOINTS.get(random.nextInt(JOINTS.size())) : SEPARATOR);
            }
            String article = sentence ? ARTICLES.get(random.nextInt(ARTICLES.size())) : "";
            placed.add(new Word(word, text.phrase(article + word)));
        }
        if (!sentence && random.nextDouble() < FINAL_STOP_SHARE) {
            text.add(".");
        }
        return new Prompt(tokenizer.encode(text.toString(), MOST_TOKENS), placed);
    }

    private Batch batch(List<Prompt> prompts) {
        TextBatch text = Tokenizer.batch(prompts.stream().map(Prompt::text).toList());
        int tokens = Math.toIntExact(text.tokenIds().size(1));
        int classes = words.classes().size();
        float[] named = new float[prompts.size() * classes * tokens];
        float[] counted = new float[prompts.size() * tokens];
        for (int n = 0; n < prompts.size(); n++) {
            for (Word word : prompts.get(n).words()) {
                for (int token : prompts.get(n).text().positions(List.of(word.span()))) {
                    counted[n * tokens + token] = 1;
                    for (int label : words.named(word.word())) {
                        named[(n * classes + label) * tokens + token] = 1;
                    }
                }
            }
        }
        return new Batch(
                text,
                Tensors.of(named, prompts.size(), classes, tokens),
                Tensors.of(counted, prompts.size(), 1, tokens));
    }
}
