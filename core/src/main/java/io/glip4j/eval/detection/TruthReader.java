package io.glip4j.eval.detection;

import io.glip4j.data.SegmentationReader;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.Segmentation;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a COCO or LVIS annotation file as a stream.
 *
 * <p>A picture or category that is listed twice counts once and the later entry holds, as in the official tools.
 * Objects of unknown pictures and categories are kept and judged by nobody. A missing id, area or box is an error.
 */
public final class TruthReader {
    private static final int BOX_NUMBERS = 4;

    private final OverlapKind kind;
    private final Map<Long, TruthImage> images = new LinkedHashMap<>();
    private final Map<Long, TruthCategory> categories = new LinkedHashMap<>();
    private final List<TruthObject> objects = new ArrayList<>();

    private TruthReader(OverlapKind kind) {
        this.kind = kind;
    }

    /**
     * Reads a file.
     *
     * @param kind masks are read only if asked for
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} naming file and record
     */
    public static Truth read(Path file, OverlapKind kind) {
        TruthReader reader = new TruthReader(kind);
        JsonRecords.readLists(
                file,
                Map.of(
                        "images", reader::readImage,
                        "categories", reader::readCategory,
                        "annotations", reader::readObject));
        return new Truth(List.copyOf(reader.images.values()), List.copyOf(reader.categories.values()), reader.objects);
    }

    private void readImage(JsonRecord json) throws IOException {
        Optional<Long> id = Optional.empty();
        int height = 0;
        int width = 0;
        Set<Long> absent = Set.of();
        Set<Long> incomplete = Set.of();
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = Optional.of(json.integer());
                case "height" -> height = json.size();
                case "width" -> width = json.size();
                case "neg_category_ids" -> absent = distinct(json);
                case "not_exhaustive_category_ids" -> incomplete = distinct(json);
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        images.put(id.orElseThrow(), new TruthImage(id.orElseThrow(), height, width, absent, incomplete));
    }

    private static Set<Long> distinct(JsonRecord json) throws IOException {
        return new HashSet<>(json.integers());
    }

    private void readCategory(JsonRecord json) throws IOException {
        Optional<Long> id = Optional.empty();
        String name = "";
        String frequency = "";
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = Optional.of(json.integer());
                case "name" -> name = json.text();
                case "frequency" -> frequency = json.text();
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        categories.put(id.orElseThrow(), new TruthCategory(id.orElseThrow(), name, frequency));
    }

    private void readObject(JsonRecord json) throws IOException {
        Optional<Long> id = Optional.empty();
        Optional<Long> imageId = Optional.empty();
        Optional<Long> categoryId = Optional.empty();
        Optional<BoxXywh> box = Optional.empty();
        Optional<Double> area = Optional.empty();
        Optional<Segmentation> segmentation = Optional.empty();
        boolean crowd = false;
        boolean ignored = false;
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = Optional.of(json.integer());
                case "image_id" -> imageId = Optional.of(json.integer());
                case "category_id" -> categoryId = Optional.of(json.integer());
                case "bbox" -> box = optionalBox(json);
                case "area" -> area = Optional.of(json.number());
                case "iscrowd" -> crowd = json.flag();
                case "ignore" -> ignored = json.flag();
                case "segmentation" -> {
                    if (kind == OverlapKind.MASK) {
                        segmentation = Optional.of(SegmentationReader.read(json));
                    } else {
                        json.skip();
                    }
                }
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        json.require(imageId.isPresent(), "image_id");
        json.require(categoryId.isPresent(), "category_id");
        json.require(area.isPresent(), "area");
        if (kind == OverlapKind.MASK) {
            json.require(segmentation.isPresent(), "segmentation");
        } else {
            json.require(box.isPresent(), "bbox");
        }
        objects.add(new TruthObject(
                id.orElseThrow(),
                imageId.orElseThrow(),
                categoryId.orElseThrow(),
                box.orElse(BoxXywh.EMPTY),
                area.orElseThrow(),
                crowd,
                ignored,
                segmentation));
    }

    /** A box, or none where the list is empty. */
    static Optional<BoxXywh> optionalBox(JsonRecord json) throws IOException {
        double[] numbers = json.numbers();
        if (numbers.length == 0) {
            return Optional.empty();
        }
        if (numbers.length != BOX_NUMBERS) {
            throw json.bad("wanted a bbox of 4 numbers [x, y, width, height], got " + numbers.length);
        }
        return Optional.of(new BoxXywh(numbers[0], numbers[1], numbers[2], numbers[3]));
    }
}
