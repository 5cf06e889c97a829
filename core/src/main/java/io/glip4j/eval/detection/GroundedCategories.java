package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.CocoImage;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import io.glip4j.input.SpannedText;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A detection data set asked as GLIP is asked: the names of its categories are the prompt, the same for every picture. */
public final class GroundedCategories {
    private static final String SEPARATOR = ". ";

    private final ResultBoxes boxes;
    private final Prompt prompt;
    private final Map<Span, Long> categories = new HashMap<>();

    /**
     * A prompt of these categories; those with a blank name are not asked for.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if none has a name
     */
    public GroundedCategories(List<PromptCategory> all, ResultBoxes boxes) {
        this.boxes = boxes;
        List<PromptCategory> named =
                all.stream().filter(category -> !category.name().isBlank()).toList();
        if (named.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted categories with names to ask for, got " + all.size() + " without");
        }
        prompt = named.stream().anyMatch(PromptCategory::inCaption)
                ? caption(named)
                : Prompt.classes(named.stream().map(PromptCategory::name).toList());
        for (int i = 0; i < named.size(); i++) {
            categories.put(prompt.phrases().get(i).span(), named.get(i).id());
        }
    }

    private static Prompt caption(List<PromptCategory> named) {
        SpannedText text = new SpannedText();
        List<Span> spans = new ArrayList<>();
        for (PromptCategory category : named) {
            spans.add(text.add(category.before()).phrase(category.name()));
            text.add(category.after()).add(SEPARATOR);
        }
        return Prompt.caption(text.toString(), spans);
    }

    /** All names, in the data set's order. */
    public Prompt prompt() {
        return prompt;
    }

    /** What was found in a picture, as results to be scored. */
    public List<ScoredObject> results(long image, Grounding found) {
        return found.detections().stream()
                .map(detection -> result(image, detection))
                .toList();
    }

    /**
     * Asks for all pictures of a data set and scores the answers by COCO's box metric.
     *
     * @param annotations the file the data set was read from
     * @param grounder finds what a prompt names in a picture, which comes as stored
     * @param afterEach called after each picture
     */
    public static CocoSummary evaluate(
            Path annotations,
            CocoDataset dataset,
            BiFunction<Picture, Prompt, Grounding> grounder,
            Runnable afterEach) {
        return evaluate(annotations, dataset, dataset.images(), (image, prompt) -> {
            Grounding found = grounder.apply(PictureReader.AS_STORED.read(image.file()), prompt);
            afterEach.run();
            return found;
        });
    }

    /**
     * As above for some of the pictures, as if the set had no others.
     *
     * @param grounder finds what a prompt names in a picture of the set
     */
    public static CocoSummary evaluate(
            Path annotations,
            CocoDataset dataset,
            List<CocoImage> images,
            BiFunction<CocoImage, Prompt, Grounding> grounder) {
        GroundedCategories asked = new GroundedCategories(
                dataset.categories().stream()
                        .map(category -> new PromptCategory(category.id(), category.name()))
                        .toList(),
                ResultBoxes.LAST_PIXEL_INSIDE);
        List<ScoredObject> results = new ArrayList<>();
        for (CocoImage image : images) {
            results.addAll(asked.results(image.id(), grounder.apply(image, asked.prompt())));
        }
        Set<Long> ids = images.stream().map(CocoImage::id).collect(Collectors.toUnmodifiableSet());
        return new CocoSummary(CocoEvaluation.evaluate(
                TruthReader.read(annotations, OverlapKind.BOX),
                results,
                CocoParameters.official(OverlapKind.BOX).withImages(ids)));
    }

    /**
     * The category whose name was found.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public long category(Detection detection) {
        Long category = categories.get(detection.span());
        if (category == null) {
            throw new IllegalArgumentException("a detection of no category's name: " + detection);
        }
        return category;
    }

    private ScoredObject result(long image, Detection detection) {
        return ScoredObject.ofBox(image, category(detection), boxes.xywh(detection.box()), detection.score());
    }
}
