package io.glip4j.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Compares a result with a recorded one: numbers within a tolerance, everything else exactly. */
public final class JsonClose {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonClose() {}

    public static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path write(Path file, JsonNode value) {
        try {
            MAPPER.writeValue(file.toFile(), value);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A result as it will be written. */
    public static JsonNode tree(Object result) {
        return MAPPER.valueToTree(result);
    }

    /** Every recorded field must be there, in any order; others may be there too. */
    public static void assertClose(String where, Object actual, JsonNode expected, double tolerance) {
        compare(where, MAPPER.valueToTree(actual), expected, tolerance);
    }

    private static void compare(String where, JsonNode actual, JsonNode expected, double tolerance) {
        if (expected.isNumber()) {
            double wanted = expected.asDouble();
            if (!actual.isNumber()
                    || !(Math.abs(actual.asDouble() - wanted) <= tolerance * Math.max(1, Math.abs(wanted)))) {
                throw different(where, actual, expected);
            }
        } else if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                JsonNode found = actual.get(field.getKey());
                if (found == null) {
                    throw new AssertionError(where + " has no " + field.getKey());
                }
                compare(where + "." + field.getKey(), found, field.getValue(), tolerance);
            }
        } else if (expected.isArray()) {
            if (actual.size() != expected.size()) {
                throw different(where + " length", actual, expected);
            }
            for (int i = 0; i < expected.size(); i++) {
                compare(where + "[" + i + "]", actual.get(i), expected.get(i), tolerance);
            }
        } else if (!expected.equals(actual)) {
            throw different(where, actual, expected);
        }
    }

    private static AssertionError different(String where, JsonNode actual, JsonNode expected) {
        return new AssertionError(where + ": wanted " + expected + ", got " + actual);
    }
}
