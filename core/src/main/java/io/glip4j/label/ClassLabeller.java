package io.glip4j.label;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.input.Picture;
import io.glip4j.pretrained.CenterNetTeacher;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * COCO's 80 classes, found by the CenterNet that glip4j carries. Written as COCO JSON whose annotations have scores, and
 * whose pictures, as LVIS has it, list the classes that are surely absent: between these and the labels lies what the
 * teacher was not sure of.
 */
public final class ClassLabeller implements Labeller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CLASSES = CenterNetTeacher.CLASSES;
    private static final String ABSENT = "neg_category_ids";
    /** A class that scores less nowhere in a picture is taken as absent. */
    private static final double UNSURE = 0.1;

    private final CenterNetTeacher teacher;
    private final int longerSide;
    private final LabelFilter filter;
    private final boolean keepEmpty;

    /**
     * A labeller on top of a teacher that stays the caller's.
     *
     * @param longerSide what pictures are resized to, in pixels
     * @param keepEmpty whether pictures in which nothing is found are written: each class is then said to be absent
     */
    public ClassLabeller(CenterNetTeacher teacher, int longerSide, LabelFilter filter, boolean keepEmpty) {
        CenterNetTeacher.requireSide(longerSide);
        this.teacher = teacher;
        this.longerSide = longerSide;
        this.filter = filter;
        this.keepEmpty = keepEmpty;
    }

    @Override
    public String description() {
        return "COCO classes by CenterNet at " + longerSide + " pixels, " + filter
                + (keepEmpty ? ", empty pictures kept" : "");
    }

    @Override
    public Optional<JsonNode> label(UnlabelledPicture described, Picture picture) {
        List<LabelledBox> found = teacher.find(picture, longerSide, Math.min(UNSURE, filter.lowest())).stream()
                .map(one -> new LabelledBox(CLASSES.get(one.label()), one.label(), one.score(), one.box()))
                .map(box -> box.within(picture.width(), picture.height()))
                .filter(LabelledBox::isVisible)
                .toList();
        List<LabelledBox> kept = filter.keepOneName(filter.keep(found));
        if (kept.isEmpty() && !keepEmpty) {
            return Optional.empty();
        }
        ObjectNode label = JSON.createObjectNode()
                .put("file_name", described.name())
                .put("width", picture.width())
                .put("height", picture.height());
        Set<Integer> maybe = found.stream().map(LabelledBox::place).collect(Collectors.toSet());
        ArrayNode absent = label.putArray(ABSENT);
        IntStream.range(0, CLASSES.size())
                .filter(number -> !maybe.contains(number))
                .forEach(number -> absent.add(number + 1));
        ArrayNode boxes = label.putArray("boxes");
        for (LabelledBox box : kept) {
            boxes.addObject()
                    .put("class", box.place())
                    .put("score", box.writtenScore())
                    .set("corners", JSON.valueToTree(box.writtenCorners()));
        }
        return Optional.of(label);
    }

    @Override
    public void write(Labels labels, Path target) throws IOException {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(target));
                JsonGenerator json = JSON.createGenerator(stream)) {
            json.writeStartObject();
            json.writeObjectFieldStart("info");
            json.writeStringField("description", description());
            json.writeEndObject();
            writeCategories(json);
            new Lists(json).write(labels);
            json.writeEndObject();
        }
    }

    private static void writeCategories(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("categories");
        for (int label = 0; label < CLASSES.size(); label++) {
            json.writeStartObject();
            json.writeNumberField("id", label + 1);
            json.writeStringField("name", CLASSES.get(label));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The lists of images and annotations, numbered from 1. */
    private static final class Lists {
        private final JsonGenerator json;
        private long image;
        private long annotation;

        Lists(JsonGenerator json) {
            this.json = json;
        }

        void write(Labels labels) throws IOException {
            json.writeArrayFieldStart("images");
            labels.forEach(this::writeImage);
            json.writeEndArray();
            image = 0;
            json.writeArrayFieldStart("annotations");
            labels.forEach(this::writeAnnotations);
            json.writeEndArray();
        }

        private void writeImage(JsonNode label) throws IOException {
            json.writeStartObject();
            json.writeNumberField("id", ++image);
            for (String field : List.of("file_name", "width", "height", ABSENT)) {
                json.writeFieldName(field);
                json.writeTree(label.get(field));
            }
            json.writeArrayFieldStart("not_exhaustive_category_ids");
            json.writeEndArray();
            json.writeEndObject();
        }

        private void writeAnnotations(JsonNode label) throws IOException {
            image++;
            for (JsonNode box : label.get("boxes")) {
                double[] xyxy = JSON.convertValue(box.get("corners"), double[].class);
                double width = Math.round(100 * (xyxy[2] - xyxy[0])) / 100.0;
                double height = Math.round(100 * (xyxy[3] - xyxy[1])) / 100.0;
                json.writeStartObject();
                json.writeNumberField("id", ++annotation);
                json.writeNumberField("image_id", image);
                json.writeNumberField("category_id", box.get("class").intValue() + 1);
                json.writeFieldName("bbox");
                json.writeArray(new double[] {xyxy[0], xyxy[1], width, height}, 0, 4);
                json.writeNumberField("area", Math.round(100 * width * height) / 100.0);
                json.writeNumberField("iscrowd", 0);
                json.writeNumberField("score", box.get("score").doubleValue());
                json.writeEndObject();
            }
        }
    }
}
