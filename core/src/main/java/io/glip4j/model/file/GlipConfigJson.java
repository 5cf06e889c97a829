package io.glip4j.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A configuration as JSON and back. Reading wants every field, and no other; only the list of answers and the reading
 * blocks are written where there are some, as files of networks without are older than they.
 */
public final class GlipConfigJson {
    /** What Jackson says to those who program it, not to those who read a file. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(" \\((class|for POJO|index|but could) .*|; `.*");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final String ANSWERS = "answers";
    private static final String READING_BLOCKS = "readingBlocks";

    private GlipConfigJson() {}

    public static String write(GlipConfig config) {
        try {
            ObjectNode tree = JSON.valueToTree(config);
            if (config.answers().size() == 0) {
                tree.remove(ANSWERS);
            }
            if (config.readingBlocks() == 0) {
                tree.remove(READING_BLOCKS);
            }
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration does not become JSON", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param source where the text comes from, for messages
     * @throws GlipException BAD_CHECKPOINT, naming the field that is missing, unknown or wrong
     */
    public static GlipConfig read(String source, String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree instanceof ObjectNode object) {
                object.putIfAbsent(ANSWERS, JSON.createArrayNode());
                object.putIfAbsent(READING_BLOCKS, JSON.getNodeFactory().numberNode(0));
            }
            return JSON.treeToValue(tree, GlipConfig.class);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    source + ": wanted the configuration of a network, got one that this version of glip4j does not"
                            + " know: " + describe(e) + ". Use the version of glip4j that wrote it, or one newer",
                    e);
        }
    }

    private static String describe(JsonProcessingException e) {
        if (e instanceof StreamReadException) {
            return "text that is no whole JSON";
        }
        String reason = e.getCause() instanceof GlipException own
                ? own.getMessage()
                : FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceFirst("");
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            return "at " + path + ": " + reason;
        }
        return String.valueOf(reason);
    }
}
