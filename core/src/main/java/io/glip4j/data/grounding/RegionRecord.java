package io.glip4j.data.grounding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnnotatedBox;
import io.glip4j.data.Caption;
import io.glip4j.data.ClassNames;
import io.glip4j.data.ClassNumbers;
import io.glip4j.data.FileSlice;
import io.glip4j.data.SampleText;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON record of a picture: an ODVG record ({@code grounding} or {@code detection}), or a caption with its regions.
 * Boxes are corners [x1, y1, x2, y2] in pixels, right and bottom its edges. All methods throw {@code BAD_ANNOTATIONS}
 * where the record is not so.
 */
final class RegionRecord {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);
    private static final List<String> PICTURE_NAMES = List.of("filename", "image", "file_name");
    private static final int CORNERS = 4;

    private final JsonNode record;

    private RegionRecord(JsonNode record) {
        this.record = record;
    }

    /** What is seen where. */
    record Content(List<BoxXyxy> boxes, SampleText text) {}

    static RegionRecord parse(byte[] json) {
        JsonNode record;
        try {
            record = JSON.readValue(json);
        } catch (JsonProcessingException e) {
            throw bad("wanted a JSON object, got " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad("wanted a JSON object, got " + e);
        }
        if (!record.isObject()) {
            throw bad("wanted a JSON object, got another value");
        }
        return new RegionRecord(record);
    }

    /** The name of the picture's file. */
    String picture() {
        return PICTURE_NAMES.stream()
                .map(record::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElseThrow(() -> bad("wanted the name of a picture as filename or image, got none"));
    }

    /** The tar file the picture is in, where the record says so. */
    Optional<String> shard() {
        return Optional.ofNullable(record.path("shard").textValue());
    }

    /** Where the picture lies in the shard: its {@code offset} and {@code length} in bytes. */
    FileSlice place(Path shard) {
        JsonNode offset = record.path("offset");
        JsonNode length = record.path("length");
        if (!offset.canConvertToLong() || !length.canConvertToInt()) {
            throw bad("wanted the offset and length of the picture in its shard, got none");
        }
        return new FileSlice(shard, offset.longValue(), length.intValue());
    }

    /** The picture's size, where the record says it. */
    Optional<ImageSize> size() {
        JsonNode width = record.path("width");
        JsonNode height = record.path("height");
        if (width.isMissingNode() && height.isMissingNode()) {
            return Optional.empty();
        }
        if (!width.canConvertToInt() || !height.canConvertToInt() || width.intValue() < 1 || height.intValue() < 1) {
            throw bad("wanted a width and height of at least 1 pixel, got " + width + " x " + height);
        }
        return Optional.of(new ImageSize(width.intValue(), height.intValue()));
    }

    /** The caption, where the record has one. */
    Optional<String> caption() {
        JsonNode grounding = record.has("grounding") ? record.path("grounding") : record;
        return Optional.ofNullable(grounding.path("caption").textValue());
    }

    /**
     * The boxes in a picture of this size and their words; no boxes where the record has none.
     *
     * @param caption of the picture, where the record itself has none
     * @param numbered whether {@code classes} are known by their {@code label}; else they are by their {@code category},
     *     and new ones are added
     */
    Content content(ImageSize size, Optional<String> caption, ClassNumbers classes, boolean numbered) {
        if (record.has("detection")) {
            return objects(record.path("detection").path("instances"), size, classes, numbered);
        }
        String text = caption()
                .or(() -> caption)
                .filter(words -> !words.isBlank())
                .orElseThrow(() -> bad("wanted a caption, got none"));
        JsonNode grounding = record.has("grounding") ? record.path("grounding") : record;
        return phrases(grounding.path("regions"), size, text);
    }

    private static Content objects(JsonNode instances, ImageSize size, ClassNumbers classes, boolean numbered) {
        List<BoxXyxy> boxes = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (JsonNode instance : list(instances, "instances")) {
            int label = numbered
                    ? classes.get(requireNumber(instance.path("label"), "label"))
                    : classes.findOrAdd(requireText(instance.path("category"), "category"));
            for (BoxXyxy box : boxes(instance.path("bbox"), size)) {
                boxes.add(box);
                labels.add(label);
            }
        }
        return new Content(boxes, new ClassNames(classes.vocabulary(), labels));
    }

    private static Content phrases(JsonNode regions, ImageSize size, String caption) {
        List<BoxXyxy> boxes = new ArrayList<>();
        List<List<Span>> phrases = new ArrayList<>();
        for (JsonNode region : regions.isMissingNode() ? List.<JsonNode>of() : list(regions, "regions")) {
            List<Span> words = region.has("tokens_positive")
                    ? spans(region.path("tokens_positive"))
                    : Phrases.find(requireText(region.path("phrase"), "phrase"), caption);
            Phrases.check(words, caption);
            for (BoxXyxy box : boxes(region.path("bbox"), size)) {
                boxes.add(box);
                phrases.add(words);
            }
        }
        return new Content(boxes, new Caption(caption, phrases));
    }

    /** One box, or a list of them. */
    private static List<BoxXyxy> boxes(JsonNode bbox, ImageSize size) {
        if (!bbox.path(0).isArray()) {
            return List.of(box(bbox, size));
        }
        List<BoxXyxy> boxes = new ArrayList<>();
        bbox.forEach(one -> boxes.add(box(one, size)));
        return boxes;
    }

    private static BoxXyxy box(JsonNode corners, ImageSize size) {
        if (!corners.isArray() || corners.size() != CORNERS) {
            throw bad("wanted a bbox [x1, y1, x2, y2], got " + shortened(corners));
        }
        double[] xyxy = new double[CORNERS];
        for (int i = 0; i < CORNERS; i++) {
            if (!corners.get(i).isNumber()) {
                throw bad("wanted a bbox of 4 numbers, got " + shortened(corners));
            }
            xyxy[i] = corners.get(i).doubleValue();
        }
        BoxXywh box = new BoxXywh(xyxy[0], xyxy[1], xyxy[2] - xyxy[0], xyxy[3] - xyxy[1]);
        return AnnotatedBox.lastPixelInside(AnnotatedBox.inside(box, "the picture", size.width(), size.height()));
    }

    private static List<Span> spans(JsonNode pairs) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode pair : list(pairs, "tokens_positive")) {
            int begin = pair.path(0).asInt(-1);
            int end = pair.path(1).asInt(-1);
            if (pair.size() != 2 || begin < 0 || end <= begin) {
                throw bad("wanted tokens_positive as pairs [begin, end] of code points, got " + shortened(pairs));
            }
            spans.add(new Span(begin, end));
        }
        return spans;
    }

    private static JsonNode list(JsonNode node, String name) {
        if (!node.isArray()) {
            throw bad("wanted a list as " + name + ", got " + (node.isMissingNode() ? "none" : shortened(node)));
        }
        return node;
    }

    private static long requireNumber(JsonNode node, String name) {
        if (!node.canConvertToLong()) {
            throw bad("wanted a whole number as " + name + ", got " + shortened(node));
        }
        return node.longValue();
    }

    private static String requireText(JsonNode node, String name) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw bad("wanted a text as " + name + ", got " + shortened(node));
        }
        return node.textValue();
    }

    private static String shortened(JsonNode node) {
        int shown = 60;
        String text = node.isMissingNode() ? "none" : node.toString();
        return text.length() <= shown ? text : text.substring(0, shown) + "...";
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
