package io.glip4j.eval.detection;

import io.glip4j.data.SegmentationReader;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.geometry.Segmentation;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a COCO results file (a list of {@code image_id, category_id, score} with {@code bbox} or {@code segmentation})
 * as a stream; an empty list gives no detections.
 *
 * <p>As in the official tool the first record decides: if it carries a box, all must, and the area of a detection is
 * that of its box even where masks are compared; otherwise the area is that of the mask.
 */
public final class ResultReader {
    /** The field of a result that holds its box, unless another is named. */
    public static final String BOX_FIELD = "bbox";

    private final OverlapKind kind;
    private final String boxField;
    private final List<ScoredObject> results = new ArrayList<>();
    private boolean boxesDecide;

    private ResultReader(OverlapKind kind, String boxField) {
        this.kind = kind;
        this.boxField = boxField;
    }

    /**
     * Reads a file.
     *
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} naming file and record
     */
    public static List<ScoredObject> read(Path file, OverlapKind kind) {
        return read(file, kind, BOX_FIELD);
    }

    /** Reads a file whose boxes stand in a field of another name. */
    public static List<ScoredObject> read(Path file, OverlapKind kind, String boxField) {
        ResultReader reader = new ResultReader(kind, boxField);
        JsonRecords.readList(file, reader::readResult);
        return reader.results;
    }

    private void readResult(JsonRecord json) throws IOException {
        Optional<Long> imageId = Optional.empty();
        Optional<Long> categoryId = Optional.empty();
        Optional<BoxXywh> box = Optional.empty();
        Optional<Double> score = Optional.empty();
        Optional<Segmentation> segmentation = Optional.empty();
        while (json.nextField()) {
            String field = json.field();
            if (field.equals(boxField)) {
                box = TruthReader.optionalBox(json);
                continue;
            }
            switch (field) {
                case "image_id" -> imageId = Optional.of(json.integer());
                case "category_id" -> categoryId = Optional.of(json.integer());
                case "score" -> score = Optional.of(json.number());
                case "segmentation" -> segmentation = Optional.of(SegmentationReader.read(json));
                default -> json.skip();
            }
        }
        json.require(imageId.isPresent(), "image_id");
        json.require(categoryId.isPresent(), "category_id");
        json.require(score.isPresent(), "score");
        if (json.index() == 0) {
            boxesDecide = box.isPresent();
        }
        json.require(box.isPresent() || (segmentation.isPresent() && !boxesDecide), boxField);
        results.add(
                result(json, imageId.orElseThrow(), categoryId.orElseThrow(), score.orElseThrow(), box, segmentation));
    }

    private ScoredObject result(
            JsonRecord json,
            long imageId,
            long categoryId,
            double score,
            Optional<BoxXywh> box,
            Optional<Segmentation> segmentation) {
        Optional<Segmentation> kept = kind == OverlapKind.MASK ? segmentation : Optional.empty();
        if (boxesDecide) {
            BoxXywh own = box.orElseThrow();
            return new ScoredObject(imageId, categoryId, own, own.area(), score, kept);
        }
        if (segmentation.isPresent() && segmentation.get() instanceof RunLengthMask mask) {
            return new ScoredObject(imageId, categoryId, box.orElseGet(mask::box), mask.area(), score, kept);
        }
        throw json.bad("wanted run lengths as segmentation of a result without bbox, got "
                + (segmentation.isPresent() ? "polygons" : "none"));
    }
}
