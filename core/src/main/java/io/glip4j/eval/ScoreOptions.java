package io.glip4j.eval;

import io.glip4j.eval.detection.LvisProtocol;
import io.glip4j.eval.detection.ResultReader;
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
 * @param boxField COCO and LVIS: the field of a result that holds its box
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
        String boxField,
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
            ResultReader.BOX_FIELD,
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
        return new ScoreOptions(limits, useCategories, images, categories, boxField, lvis, part, meteor, spice);
    }

    public ScoreOptions withUseCategories(boolean use) {
        return new ScoreOptions(maxDetections, use, images, categories, boxField, lvis, part, meteor, spice);
    }

    public ScoreOptions withImages(Set<Long> ids) {
        return new ScoreOptions(
                maxDetections, useCategories, Optional.of(ids), categories, boxField, lvis, part, meteor, spice);
    }

    public ScoreOptions withCategories(Set<Long> ids) {
        return new ScoreOptions(
                maxDetections, useCategories, images, Optional.of(ids), boxField, lvis, part, meteor, spice);
    }

    public ScoreOptions withBoxField(String field) {
        return new ScoreOptions(maxDetections, useCategories, images, categories, field, lvis, part, meteor, spice);
    }

    public ScoreOptions withLvis(LvisProtocol protocol) {
        return new ScoreOptions(
                maxDetections, useCategories, images, categories, boxField, protocol, part, meteor, spice);
    }

    public ScoreOptions withPart(String name) {
        return new ScoreOptions(maxDetections, useCategories, images, categories, boxField, lvis, name, meteor, spice);
    }

    public ScoreOptions withMeteor(Path folder) {
        return new ScoreOptions(
                maxDetections, useCategories, images, categories, boxField, lvis, part, Optional.of(folder), spice);
    }

    public ScoreOptions withSpice(Path folder) {
        return new ScoreOptions(
                maxDetections, useCategories, images, categories, boxField, lvis, part, meteor, Optional.of(folder));
    }

    /** What this kind of evaluation is called where several are kept side by side, such as {@code fixed_ap_10000}. */
    String caseName(Metric metric) {
        return switch (metric) {
            case LVIS, LVIS_SEGM -> lvis.label();
            case COCO_BBOX, COCO_SEGM -> cocoCase();
            default -> "default";
        };
    }

    private String cocoCase() {
        StringBuilder name = new StringBuilder();
        if (!maxDetections.equals(OFFICIAL.maxDetections)) {
            name.append("maxdets");
            maxDetections.forEach(limit -> name.append('_').append(limit));
        }
        append(name, !useCategories, "class_agnostic");
        append(name, images.isPresent(), "image_subset");
        append(name, categories.isPresent(), "category_subset");
        append(name, !boxField.equals(ResultReader.BOX_FIELD), "results_carry_bbox");
        return name.isEmpty() ? "default" : name.toString();
    }

    private static void append(StringBuilder name, boolean differs, String part) {
        if (differs) {
            name.append(name.isEmpty() ? "" : "_").append(part);
        }
    }
}
