package io.glip4j.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lists of objects in a JSON file one object at a time, so that memory does not grow with the file. NaN and
 * Infinity are read as numbers, as Python writes them.
 */
public final class JsonRecords {
    private static final JsonFactory FACTORY = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .getFactory();

    private JsonRecords() {}

    /** Takes one record; must read it to its end. */
    @FunctionalInterface
    public interface Handler {
        void read(JsonRecord json) throws IOException;
    }

    /**
     * Reads the named lists of a file that is one JSON object; other fields are passed over.
     *
     * @param lists what to do with the records of each list; all must be there
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} naming the file and the record
     */
    public static void readLists(Path file, Map<String, Handler> lists) {
        readLists(file, lists, JsonRecords::refuse);
    }

    /**
     * As above, going on behind bad records.
     *
     * @param bad takes the error of a record whose handler refused it; throws to stop
     */
    public static void readLists(Path file, Map<String, Handler> lists, Consumer<GlipException> bad) {
        parse(file, json -> {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw bad(file, "wanted one JSON object, got " + kind(json.currentToken()));
            }
            TreeSet<String> missing = new TreeSet<>(lists.keySet());
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String list = json.currentName();
                json.nextToken();
                Handler handler = lists.get(list);
                if (handler == null) {
                    json.skipChildren();
                } else {
                    missing.remove(list);
                    readList(file, json, list, handler, bad);
                }
            }
            if (!missing.isEmpty()) {
                throw bad(file, "wanted the lists " + new TreeSet<>(lists.keySet()) + ", got no " + missing);
            }
        });
    }

    /** Reads a file that is one JSON list of objects. */
    public static void readList(Path file, Handler handler) {
        parse(file, json -> {
            json.nextToken();
            readList(file, json, "", handler, JsonRecords::refuse);
        });
    }

    private interface Body {
        void read(JsonParser json) throws IOException;
    }

    private static void parse(Path file, Body body) {
        try (InputStream stream = Files.newInputStream(file);
                JsonParser json = FACTORY.createParser(stream)) {
            body.read(json);
            if (json.nextToken() != null) {
                throw bad(file, "wanted one JSON value, got more after it");
            }
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, file + ": wanted JSON, got text that is not: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted a readable file, got " + e, e);
        }
    }

    private static void refuse(GlipException bad) {
        throw bad;
    }

    private static void readList(Path file, JsonParser json, String list, Handler handler, Consumer<GlipException> bad)
            throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            String where = list.isEmpty() ? "" : " under \"" + list + "\"";
            throw bad(file, "wanted a list" + where + ", got " + kind(json.currentToken()));
        }
        JsonRecord item = new JsonRecord(file, json, list);
        JsonStreamContext inList = json.getParsingContext();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            try {
                item.begin();
                handler.read(item);
            } catch (GlipException refused) {
                bad.accept(refused);
                skipRest(json, inList);
            }
        }
    }

    /** Goes to the end of the value of a list that parsing is in. */
    private static void skipRest(JsonParser json, JsonStreamContext list) throws IOException {
        while (json.getParsingContext() != list) {
            if (json.nextToken() == null) {
                return; // the file breaks off, as the next token will say
            }
        }
    }

    static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "an empty file";
        }
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.toString();
        };
    }

    static GlipException bad(Path file, String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, file + ": " + message);
    }
}
