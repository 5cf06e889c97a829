package io.glip4j.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One object of a list, read field by field; the same instance is used for all records of a list. */
public final class JsonRecord {
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final double LONG_RANGE = 0x1p63;

    private final Path file;
    private final JsonParser json;
    private final String list;
    private int index = -1;

    JsonRecord(Path file, JsonParser json, String list) {
        this.file = file;
        this.json = json;
        this.list = list;
    }

    void begin() {
        index++;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw bad("wanted an object, got " + JsonRecords.kind(json.currentToken()));
        }
    }

    /** Position in the list, from 0. */
    public int index() {
        return index;
    }

    /** Goes to the next field, false at the record's end; then one of the methods below reads its value. */
    public boolean nextField() throws IOException {
        if (json.nextToken() != JsonToken.FIELD_NAME) {
            return false;
        }
        json.nextToken();
        return true;
    }

    /** Name of the field just entered. */
    public String field() throws IOException {
        return json.currentName();
    }

    public void skip() throws IOException {
        json.skipChildren();
    }

    /** The whole record as a tree, instead of field by field. */
    public JsonNode tree() throws IOException {
        return TREE.readTree(json);
    }

    /** The value of this field as a tree. */
    public JsonNode value() throws IOException {
        return TREE.readTree(json);
    }

    public long integer() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = json.getDoubleValue();
            if (value == Math.rint(value) && Math.abs(value) < LONG_RANGE) {
                return (long) value;
            }
        }
        throw wanted("a whole number");
    }

    public int size() throws IOException {
        long value = integer();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw wanted("a number of pixels");
        }
        return (int) value;
    }

    public double number() throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wanted("a number");
        }
        return json.getDoubleValue();
    }

    public String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wanted("a string");
        }
        return json.getText();
    }

    /** True or false, or a number that is not 0 or 0. */
    public boolean flag() throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> number() != 0;
        };
    }

    public double[] numbers() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wanted("a list of numbers");
        }
        double[] values = new double[8];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = number();
        }
        return Arrays.copyOf(values, count);
    }

    public List<Long> integers() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wanted("a list of whole numbers");
        }
        List<Long> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(integer());
        }
        return values;
    }

    /** Lists of numbers in a list. */
    public List<double[]> numberLists() throws IOException {
        if (!isList()) {
            throw wanted("a list of lists of numbers");
        }
        List<double[]> lists = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            lists.add(numbers());
        }
        return lists;
    }

    public boolean isList() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Refuses the record if {@code present} is false. */
    public void require(boolean present, String field) {
        if (!present) {
            throw bad("wanted the field " + field + ", got none");
        }
    }

    /** An error that names file and record. */
    public GlipException bad(String message) {
        return JsonRecords.bad(file, list + "[" + index + "]: " + message);
    }

    private GlipException wanted(String what) throws IOException {
        String got = json.currentToken() == null || json.currentToken().isStructStart()
                ? JsonRecords.kind(json.currentToken())
                : json.getText();
        return bad("wanted " + what + " as " + json.currentName() + ", got " + got);
    }
}
