package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImagePreprocessor;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.ImageConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Training examples from samples: read or draw the picture, augment, prompt, tokens. */
public final class PictureExamples implements ExampleMaker {
    private final Augmenter augmenter;
    private final PromptMaker prompts;
    private final OtherWords otherWords;
    private final CaptionPacker captions;
    private final Tokenizer tokenizer;
    private final int maxTokens;

    /**
     * Examples for one network.
     *
     * @param captions that captions are packed with
     * @param tokenizer stays the caller's to close
     * @param maxTokens most tokens of a prompt, start and end included
     */
    public PictureExamples(
            AugmentConfig augment,
            NegativeSampling negatives,
            OtherWords otherWords,
            OtherCaptions captions,
            Tokenizer tokenizer,
            int maxTokens) {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        this.augmenter = new Augmenter(augment, PictureExamples::resize);
        this.prompts = new PromptMaker(negatives, name -> counts.computeIfAbsent(name, tokenizer::count), maxTokens);
        this.otherWords = otherWords;
        this.captions = new CaptionPacker(captions, tokenizer::count, maxTokens);
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
    }

    private static Picture resize(Picture picture, int shorterSide, int longerSide) {
        ImageConfig size = new ImageConfig(shorterSide, longerSide, 1);
        return new ImagePreprocessor(size).resize(picture).picture();
    }

    @Override
    public TrainingExample make(GroundingSample sample, SplittableRandom random) {
        Augmented augmented = augmenter.augment(
                sample.picture().read(new ImageSize(sample.width(), sample.height())),
                sample.boxes(),
                sample.text(),
                random);
        SampleText text = sample.text().only(augmented.kept());
        DetectionPrompt made = prompt(sample, text, random);
        Caption prompt = made.caption();
        List<TokenizedText> texts = text.each().size() == 1
                ? List.of(tokenizer.encode(prompt.text(), maxTokens))
                : text.each().stream()
                        .map(one -> tokenizer.encode(words(one), maxTokens))
                        .toList();
        TokenizedText tokens = texts.get(0);
        List<BoxXyxy> boxes = new ArrayList<>();
        List<List<Integer>> tokensOfBox = new ArrayList<>();
        List<Long> classOfBox = new ArrayList<>();
        List<Outline> outlines = new ArrayList<>();
        for (int box = 0; box < augmented.boxes().size(); box++) {
            List<Integer> positions = tokens.positions(prompt.phrases().get(box));
            if (!positions.isEmpty()) {
                boxes.add(augmented.boxes().get(box));
                tokensOfBox.add(positions);
                if (!sample.outlines().isEmpty()) {
                    outlines.add(
                            new Outline(sample.outlines().get(augmented.kept().get(box)), augmented.placement()));
                }
                if (text instanceof ClassNames names) {
                    classOfBox.add(PromptClasses.number(
                            sample.dataset(), names.labels().get(box)));
                }
            }
        }
        PromptClasses classes = new PromptClasses(classOfBox, classOfToken(sample.dataset(), made, tokens));
        return new TrainingExample(
                sample, augmented.picture(), boxes, prompt.text(), texts, tokensOfBox, classes, outlines);
    }

    private DetectionPrompt prompt(GroundingSample sample, SampleText text, SplittableRandom random) {
        if (text instanceof ClassNames names) {
            return prompts.make(otherWords.drawn(names, random), random);
        }
        if (text instanceof Caption caption) {
            return new DetectionPrompt(captions.pack(sample, caption, random), Map.of());
        }
        String whole = text.each().stream().map(PictureExamples::words).collect(Collectors.joining(" | "));
        return new DetectionPrompt(new Caption(whole, List.of()), Map.of());
    }

    /** Of a question or a description. */
    private static String words(SampleText text) {
        return text instanceof AnsweredQuestion question ? question.text() : ((PictureDescription) text).text();
    }

    private static Map<Integer, Long> classOfToken(String dataset, DetectionPrompt prompt, TokenizedText tokens) {
        Map<Integer, Long> classes = new HashMap<>();
        prompt.spans()
                .forEach((label, span) -> tokens.positions(List.of(span))
                        .forEach(position -> classes.put(position, PromptClasses.number(dataset, label))));
        return classes;
    }
}
