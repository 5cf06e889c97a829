package io.glip4j.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a COCO annotation file as a stream: polygons, run lengths and unknown fields are passed over, so that memory
 * grows with the number of objects only. Whether the records fit together is {@link CocoDataset}'s to check.
 */
final class CocoReader {
    private static final int BOX_NUMBERS = 4;

    private final Path file;
    private final Path pictures;
    private final List<CocoImage> images = new ArrayList<>();
    private final List<CocoCategory> categories = new ArrayList<>();
    private final List<CocoAnnotation> annotations = new ArrayList<>();

    private CocoReader(Path file, Path pictures) {
        this.file = file;
        this.pictures = pictures;
    }

    /** The three lists of a file, in its order, not yet checked against each other. */
    record Content(List<CocoImage> images, List<CocoCategory> categories, List<CocoAnnotation> annotations) {}

    static Content read(Path file, Path pictures) {
        CocoReader reader = new CocoReader(file, pictures);
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file));
                JsonParser json = new JsonFactory().createParser(stream)) {
            reader.readDocument(json);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    file + ": wanted COCO JSON, got text that breaks off or is not JSON: " + e.getOriginalMessage()
                            + " (line "
                            + (e.getLocation() == null
                                    ? "unknown"
                                    : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, file + ": wanted a readable annotation file, got " + e, e);
        }
        return new Content(reader.images, reader.categories, reader.annotations);
    }

    private void readDocument(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw bad("wanted a JSON object with images, categories and annotations, got another value");
        }
        boolean imagesSeen = false;
        boolean categoriesSeen = false;
        boolean annotationsSeen = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String section = json.currentName();
            json.nextToken();
            switch (section) {
                case "images" -> {
                    imagesSeen = true;
                    readList(json, section, this::readImage);
                }
                case "categories" -> {
                    categoriesSeen = true;
                    readList(json, section, this::readCategory);
                }
                case "annotations" -> {
                    annotationsSeen = true;
                    readList(json, section, this::readAnnotation);
                }
                default -> json.skipChildren();
            }
        }
        if (!imagesSeen || !categoriesSeen || !annotationsSeen) {
            throw bad("wanted the lists images, categories and annotations, got a file without "
                    + (!imagesSeen ? "images" : !categoriesSeen ? "categories" : "annotations"));
        }
    }

    private interface RecordReader {
        void read(JsonParser json, int index) throws IOException;
    }

    private void readList(JsonParser json, String section, RecordReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw bad("wanted a list under \"" + section + "\", got another value");
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw bad(section + "[" + index + "]: wanted an object, got " + json.currentToken());
            }
            reader.read(json, index);
        }
    }

    private void readImage(JsonParser json, int index) throws IOException {
        Fields fields = new Fields("images[" + index + "]");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (enterField(json)) {
                case "id" -> fields.id = integer(json, fields.record, "id");
                case "file_name" -> fields.text = text(json, fields.record, "file_name");
                case "width" -> fields.width = integer(json, fields.record, "width");
                case "height" -> fields.height = integer(json, fields.record, "height");
                default -> json.skipChildren();
            }
        }
        require(fields.id != Fields.MISSING, fields.record, "id");
        require(!fields.text.isEmpty(), fields.record, "file_name");
        if (fields.width < 1
                || fields.width > Integer.MAX_VALUE
                || fields.height < 1
                || fields.height > Integer.MAX_VALUE) {
            throw bad("image " + fields.id + ": wanted a width and height of at least 1 pixel, got "
                    + (fields.width == Fields.MISSING || fields.height == Fields.MISSING
                            ? "none"
                            : fields.width + " x " + fields.height));
        }
        images.add(new CocoImage(fields.id, picture(fields), (int) fields.width, (int) fields.height));
    }

    private Path picture(Fields fields) {
        try {
            return pictures.resolve(fields.text);
        } catch (InvalidPathException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    file + ": image " + fields.id + ": wanted a file name, got one this system cannot express",
                    e);
        }
    }

    private void readCategory(JsonParser json, int index) throws IOException {
        Fields fields = new Fields("categories[" + index + "]");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (enterField(json)) {
                case "id" -> fields.id = integer(json, fields.record, "id");
                case "name" -> fields.text = text(json, fields.record, "name");
                default -> json.skipChildren();
            }
        }
        require(fields.id != Fields.MISSING, fields.record, "id");
        require(!fields.text.isBlank(), fields.record, "name");
        categories.add(new CocoCategory(fields.id, fields.text));
    }

    private void readAnnotation(JsonParser json, int index) throws IOException {
        Fields fields = new Fields("annotations[" + index + "]");
        double[] box = {};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (enterField(json)) {
                case "id" -> fields.id = integer(json, fields.record, "id");
                case "image_id" -> fields.imageId = integer(json, fields.record, "image_id");
                case "category_id" -> fields.categoryId = integer(json, fields.record, "category_id");
                case "iscrowd" -> fields.crowd = flag(json, fields.record);
                case "bbox" -> box = box(json, fields.record);
                default -> json.skipChildren();
            }
        }
        require(fields.id != Fields.MISSING, fields.record, "id");
        String record = "annotation " + fields.id;
        require(fields.imageId != Fields.MISSING, record, "image_id");
        require(fields.categoryId != Fields.MISSING, record, "category_id");
        require(box.length == BOX_NUMBERS, record, "bbox of 4 numbers [x, y, width, height]");
        annotations.add(new CocoAnnotation(
                fields.id, fields.imageId, fields.categoryId, box[0], box[1], box[2], box[3], fields.crowd));
    }

    /** What one record may carry, before it is known which fields are there. */
    private static final class Fields {
        static final long MISSING = Long.MIN_VALUE;

        final String record;
        long id = MISSING;
        long imageId = MISSING;
        long categoryId = MISSING;
        long width = MISSING;
        long height = MISSING;
        String text = "";
        boolean crowd;

        Fields(String record) {
            this.record = record;
        }
    }

    private static String enterField(JsonParser json) throws IOException {
        String name = json.currentName();
        json.nextToken();
        return name;
    }

    private long integer(JsonParser json, String record, String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = json.getDoubleValue();
            if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) {
                return (long) value;
            }
        }
        throw bad(record + ": wanted a whole number as " + field + ", got " + json.getText());
    }

    private String text(JsonParser json, String record, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw bad(record + ": wanted a string as " + field + ", got " + json.getText());
        }
        return json.getText();
    }

    private boolean flag(JsonParser json, String record) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> integer(json, record, "iscrowd") != 0;
        };
    }

    private double[] box(JsonParser json, String record) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw bad(record + ": wanted a list of 4 numbers as bbox, got " + json.getText());
        }
        double[] box = new double[BOX_NUMBERS];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!json.currentToken().isNumeric() || count == BOX_NUMBERS) {
                throw bad(record + ": wanted 4 numbers as bbox, got more or other values");
            }
            box[count++] = json.getDoubleValue();
        }
        return count == BOX_NUMBERS ? box : new double[0];
    }

    private void require(boolean present, String record, String field) {
        if (!present) {
            throw bad(record + ": wanted the field " + field + ", got none");
        }
    }

    private GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, file + ": " + message);
    }
}
