package io.glip4j.eval.detection;

import io.glip4j.data.CocoCategory;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.CocoImage;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.input.ClassPrompt;
import io.glip4j.input.Phrase;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A detection data set asked as GLIP is asked: the names of its categories are the prompt, the same for every picture. */
public final class GroundedCategories {
    private final Prompt prompt;
    private final Map<Span, Long> categories = new HashMap<>();

    private GroundedCategories(List<CocoCategory> named) {
        ClassPrompt classes =
                Prompt.classes(named.stream().map(CocoCategory::name).toList());
        prompt = classes;
        for (int i = 0; i < named.size(); i++) {
            Phrase phrase = classes.phrases().get(i);
            categories.put(phrase.span(), named.get(i).id());
        }
    }

    /** The categories of a data set. */
    public static GroundedCategories of(CocoDataset dataset) {
        return new GroundedCategories(dataset.categories());
    }

    /** All names, in the data set's order. */
    public Prompt prompt() {
        return prompt;
    }

    /** What was found in a picture, as results to be scored. */
    public List<ScoredObject> results(CocoImage image, Grounding found) {
        return found.detections().stream()
                .map(detection -> result(image.id(), detection))
                .toList();
    }

    /**
     * Asks for all pictures of a data set and scores the answers by COCO's box metric.
     *
     * @param annotations the file the data set was read from
     * @param grounder finds what a prompt names in a picture file
     * @param afterEach called after each picture
     */
    public static CocoSummary evaluate(
            Path annotations, CocoDataset dataset, BiFunction<Path, Prompt, Grounding> grounder, Runnable afterEach) {
        GroundedCategories categories = of(dataset);
        List<ScoredObject> results = new ArrayList<>();
        for (CocoImage image : dataset.images()) {
            results.addAll(categories.results(image, grounder.apply(image.file(), categories.prompt())));
            afterEach.run();
        }
        return new CocoSummary(CocoEvaluation.evaluate(
                TruthReader.read(annotations, OverlapKind.BOX), results, CocoParameters.official(OverlapKind.BOX)));
    }

    private ScoredObject result(long image, Detection detection) {
        var box = detection.box();
        Long category = categories.get(detection.span());
        if (category == null) {
            throw new IllegalArgumentException("a detection of no category's name: " + detection);
        }
        return ScoredObject.ofBox(
                image,
                category,
                new BoxXywh(box.x1(), box.y1(), box.x2() - box.x1(), box.y2() - box.y1()),
                detection.score());
    }
}
