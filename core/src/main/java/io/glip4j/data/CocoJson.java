package io.glip4j.data;

import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.Segmentation;
import io.glip4j.input.Span;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads a file of COCO's shape as a stream: unknown fields are passed over, and outlines unless they are asked for. LVIS, Objects365
 * and MDETR's grounding files are of this shape, with fields of their own. Whether the records fit together is the
 * caller's to check; an error it throws at a record, too, only leaves that record out.
 */
public final class CocoJson {
    private static final int BOX_NUMBERS = 4;

    private final Path file;
    private final Map<String, JsonRecords.Handler> lists = new LinkedHashMap<>();
    private boolean outlines;

    public CocoJson(Path file) {
        this.file = file;
    }

    /**
     * One picture.
     *
     * @param fileName empty if there is none
     * @param url where LVIS says the picture is from, empty if it is not said
     * @param caption empty if there is none
     * @param absent categories that are surely not to be seen (LVIS)
     * @param notExhaustive categories of which not every object is marked (LVIS)
     */
    public record Image(
            long id,
            String fileName,
            String url,
            int width,
            int height,
            String caption,
            List<Long> absent,
            List<Long> notExhaustive) {}

    /**
     * One object.
     *
     * @param categoryId empty if there is none
     * @param words the parts of the caption that name it (MDETR), in code points
     * @param outline empty if there is none or it was not asked for
     */
    public record Annotation(
            long id,
            long imageId,
            OptionalLong categoryId,
            BoxXywh box,
            boolean crowd,
            List<Span> words,
            Optional<Segmentation> outline) {}

    /** Reads the outlines of objects as well, which take most of a file's memory. */
    public CocoJson withOutlines() {
        outlines = true;
        return this;
    }

    /** What to do with pictures. */
    public CocoJson images(Consumer<Image> taker) {
        lists.put("images", json -> {
            Image image = image(json);
            give(json, "image " + image.id(), () -> taker.accept(image));
        });
        return this;
    }

    /** What to do with categories. */
    public CocoJson categories(Consumer<CocoCategory> taker) {
        lists.put("categories", json -> {
            CocoCategory category = category(json);
            give(json, "category " + category.id(), () -> taker.accept(category));
        });
        return this;
    }

    /** What to do with objects. */
    public CocoJson annotations(Consumer<Annotation> taker) {
        lists.put("annotations", json -> {
            Annotation annotation = annotation(json);
            give(json, "annotation " + annotation.id(), () -> taker.accept(annotation));
        });
        return this;
    }

    /**
     * Reads the lists that were asked for, in the file's order.
     *
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if a list is missing, the file
     *     is not JSON, or more records are bad than may be
     */
    public void read(BadRecordLog log) {
        JsonRecords.readLists(file, lists, log::add);
    }

    private static void give(JsonRecord json, String record, Runnable taker) {
        try {
            taker.run();
        } catch (GlipException e) {
            throw json.bad(record + ": " + e.getMessage());
        }
    }

    private static Image image(JsonRecord json) throws IOException {
        OptionalLong id = OptionalLong.empty();
        String fileName = "";
        String url = "";
        String caption = "";
        int width = 0;
        int height = 0;
        List<Long> absent = List.of();
        List<Long> notExhaustive = List.of();
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = OptionalLong.of(json.integer());
                case "file_name" -> fileName = json.text();
                case "coco_url" -> url = json.text();
                case "caption" -> caption = json.text();
                case "width" -> width = json.size();
                case "height" -> height = json.size();
                case "neg_category_ids" -> absent = json.integers();
                case "not_exhaustive_category_ids" -> notExhaustive = json.integers();
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        json.require(!fileName.isEmpty() || !url.isEmpty(), "file_name");
        if (width < 1 || height < 1) {
            throw json.bad("image " + id.getAsLong() + ": wanted a width and height of at least 1 pixel, got " + width
                    + " x " + height);
        }
        return new Image(id.getAsLong(), fileName, url, width, height, caption, absent, notExhaustive);
    }

    private static CocoCategory category(JsonRecord json) throws IOException {
        OptionalLong id = OptionalLong.empty();
        String name = "";
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = OptionalLong.of(json.integer());
                case "name" -> name = json.text();
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        json.require(!name.isBlank(), "name");
        return new CocoCategory(id.getAsLong(), name);
    }

    private Annotation annotation(JsonRecord json) throws IOException {
        OptionalLong id = OptionalLong.empty();
        OptionalLong image = OptionalLong.empty();
        OptionalLong category = OptionalLong.empty();
        boolean crowd = false;
        double[] box = {};
        List<Span> words = List.of();
        Optional<Segmentation> outline = Optional.empty();
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = OptionalLong.of(json.integer());
                case "image_id" -> image = OptionalLong.of(json.integer());
                case "category_id" -> category = OptionalLong.of(json.integer());
                case "iscrowd" -> crowd = json.flag();
                case "bbox" -> box = json.numbers();
                case "tokens_positive" -> words = spans(json);
                case "segmentation" -> {
                    if (outlines) {
                        outline = Optional.of(SegmentationReader.read(json));
                    } else {
                        json.skip();
                    }
                }
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        json.require(image.isPresent(), "image_id");
        json.require(box.length == BOX_NUMBERS, "bbox of 4 numbers [x, y, width, height]");
        BoxXywh xywh = new BoxXywh(box[0], box[1], box[2], box[3]);
        return new Annotation(id.getAsLong(), image.getAsLong(), category, xywh, crowd, words, outline);
    }

    private static List<Span> spans(JsonRecord json) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (double[] ends : json.numberLists()) {
            boolean whole = ends.length == 2 && ends[0] == Math.rint(ends[0]) && ends[1] == Math.rint(ends[1]);
            if (!whole || ends[0] < 0 || ends[1] <= ends[0] || ends[1] > Integer.MAX_VALUE) {
                throw json.bad("wanted tokens_positive as pairs [begin, end] of code points");
            }
            spans.add(new Span((int) ends[0], (int) ends[1]));
        }
        return spans;
    }
}
