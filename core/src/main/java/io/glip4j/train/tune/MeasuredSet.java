package io.glip4j.train.tune;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.CocoImage;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A detection set in COCO's format that a model is measured on, asked for its categories as they are named. */
public final class MeasuredSet {
    private final String name;
    private final Path annotations;
    private final CocoDataset dataset;
    private final List<CocoImage> pictures;

    /**
     * Opens a set, which is checked as a whole.
     *
     * @param name what reports call it
     * @param first only so many pictures, in the file's order; all if empty
     */
    public MeasuredSet(String name, Path annotations, Path images, Optional<Integer> first) {
        if (first.isPresent() && first.get() < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    name + ": wanted to measure at least the first picture, got " + first.get());
        }
        this.name = name;
        this.annotations = annotations;
        this.dataset = CocoDataset.open(annotations, images, BadRecords.REFUSE);
        List<CocoImage> all = dataset.images();
        this.pictures = all.subList(0, Math.min(all.size(), first.orElse(all.size())));
    }

    String name() {
        return name;
    }

    /** Class names, as they stand in prompts. */
    List<String> classes() {
        return dataset.vocabulary();
    }

    /** COCO's box AP of what finds words in a picture's file; 0 where there is nothing to find. */
    double averagePrecision(BiFunction<Path, Prompt, Grounding> grounder) {
        double precision = GroundedCategories.evaluate(
                        annotations, dataset, pictures, (image, prompt) -> grounder.apply(image.file(), prompt))
                .official()
                .getOrDefault("AP", 0.0);
        return Math.max(0, precision);
    }

    /** Which pictures it has, to tell it from others. */
    String described() {
        return annotations.getFileName() + ", " + pictures.size() + " of "
                + dataset.images().size() + " pictures";
    }
}
