package io.glip4j.eval;

import io.glip4j.eval.detection.LvisProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a score can be asked to do otherwise; each metric looks at its own.
 *
 * @param maxDetections COCO: limits of detections per picture and category
 * @param useCategories COCO: false takes all categories as one
 * @param images COCO: only these pictures
 * @param categories COCO: only these categories
 * @param lvis LVIS: which detections count
 * @param part Flickr30k Entities: train, val or test
 * @param meteor captions: the folder with METEOR's jar and paraphrase table
 * @param spice captions: the folder with SPICE's jar and its libraries
 */
public record ScoreOptions(
        List<Integer> maxDetections,
        boolean useCategories,
        Optional<Set<Long>> images,
        Optional<Set<Long>> categories,
        LvisProtocol lvis,
        String part,
        Optional<Path> meteor,
        Optional<Path> spice) {
    /** The official rule of every metric. */
    public static final ScoreOptions OFFICIAL = new ScoreOptions(
            List.of(1, 10, 100),
            true,
            Optional.empty(),
            Optional.empty(),
            LvisProtocol.OFFICIAL,
            "test",
            Optional.empty(),
            Optional.empty());

    public ScoreOptions {
        maxDetections = List.copyOf(maxDetections);
        images = images.map(Set::copyOf);
        categories = categories.map(Set::copyOf);
    }

    public ScoreOptions withMaxDetections(List<Integer> limits) {
        return new ScoreOptions(limits, useCategories, images, categories, lvis, part, meteor, spice);
    }

    public ScoreOptions withUseCategories(boolean use) {
        return new ScoreOptions(maxDetections, use, images, categories, lvis, part, meteor, spice);
    }

    public ScoreOptions withImages(Set<Long> ids) {
        return new ScoreOptions(maxDetections, useCategories, Optional.of(ids), categories, lvis, part, meteor, spice);
    }

    public ScoreOptions withCategories(Set<Long> ids) {
        return new ScoreOptions(maxDetections, useCategories, images, Optional.of(ids), lvis, part, meteor, spice);
    }

    public ScoreOptions withLvis(LvisProtocol protocol) {
        return new ScoreOptions(maxDetections, useCategories, images, categories, protocol, part, meteor, spice);
    }

    public ScoreOptions withPart(String name) {
        return new ScoreOptions(maxDetections, useCategories, images, categories, lvis, name, meteor, spice);
    }

    public ScoreOptions withMeteor(Path folder) {
        return new ScoreOptions(
                maxDetections, useCategories, images, categories, lvis, part, Optional.of(folder), spice);
    }

    public ScoreOptions withSpice(Path folder) {
        return new ScoreOptions(
                maxDetections, useCategories, images, categories, lvis, part, meteor, Optional.of(folder));
    }
}
