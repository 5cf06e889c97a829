package io.glip4j.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.TextEncoderConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model's file says beside its weights.
 *
 * @param tokenizer the text of tokenizer.json; none where the tokenizer comes from elsewhere
 * @param external prefixes of parameter names, dot included, whose weights are not in the file, each with the name of
 *     the source that has them
 */
public record ModelHeader(GlipConfig config, Optional<String> tokenizer, Map<String, String> external) {
    private static final String VERSION = "glip4j.version";
    private static final String CONFIG = "glip4j.config";
    private static final String TEXT_ENCODER = "glip4j.text_encoder";
    private static final String TOKENIZER = "glip4j.tokenizer";
    private static final String EXTERNAL = "glip4j.external";
    /** Raised when older programs could no longer read the file. */
    private static final String THIS_VERSION = "1";
    /** What Python's users of safetensors look for. */
    private static final Map<String, String> FOR_PYTHON = Map.of("format", "pt");

    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelHeader {
        external = Map.copyOf(external);
    }

    /** A model whose weights are all in its file. */
    public static ModelHeader of(GlipConfig config, String tokenizer) {
        return new ModelHeader(config, Optional.of(tokenizer), Map.of());
    }

    /** As safetensors metadata. */
    Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>(FOR_PYTHON);
        metadata.put(VERSION, THIS_VERSION);
        metadata.put(TEXT_ENCODER, kind(config.textEncoder()));
        metadata.put(CONFIG, GlipConfigJson.write(config));
        if (!external.isEmpty()) {
            metadata.put(EXTERNAL, write(external));
        }
        tokenizer.ifPresent(text -> metadata.put(TOKENIZER, text));
        return metadata;
    }

    /** What the metadata says, or nothing where glip4j did not write the file. */
    static Optional<ModelHeader> read(String source, Map<String, String> metadata) {
        String version = metadata.get(VERSION);
        if (version == null) {
            return Optional.empty();
        }
        if (!version.equals(THIS_VERSION)) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    source + ": wanted version " + THIS_VERSION + " of glip4j's model file, got '" + version
                            + "'; use a newer glip4j");
        }
        GlipConfig config = GlipConfigJson.read(source, required(source, metadata, CONFIG));
        String encoder = required(source, metadata, TEXT_ENCODER);
        if (!encoder.equals(kind(config.textEncoder()))) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    source + ": its text encoder is said to be '" + encoder + "', but its configuration has '"
                            + kind(config.textEncoder()) + "'; convert the checkpoint again");
        }
        return Optional.of(new ModelHeader(
                config,
                Optional.ofNullable(metadata.get(TOKENIZER)),
                readExternal(source, metadata.getOrDefault(EXTERNAL, "{}"))));
    }

    /** Whether the weights of this parameter come from elsewhere. */
    boolean isExternal(String parameter) {
        return external.keySet().stream().anyMatch(parameter::startsWith);
    }

    private static String kind(TextEncoderConfig encoder) {
        if (encoder instanceof BertConfig) {
            return "bert";
        }
        if (encoder instanceof ClipTextConfig) {
            return "clip";
        }
        throw new IllegalStateException("a text encoder without a name: " + encoder);
    }

    private static String required(String source, Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    source + ": wanted the metadata '" + key + "', got none; convert the checkpoint again");
        }
        return value;
    }

    private static String write(Map<String, String> external) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(external));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts does not become JSON", e);
        }
    }

    private static Map<String, String> readExternal(String source, String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    source + ": wanted a map of prefixes to sources as '" + EXTERNAL + "', got " + json
                            + "; convert the checkpoint again",
                    e);
        }
    }
}
