package io.glip4j.eval.absent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.output.PhraseThresholds;
import io.glip4j.torch.checkpoint.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** {@link PhraseThresholds} as a small JSON file. */
public final class ThresholdFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "model";
    private static final String OTHERS = "others";
    private static final String PHRASES = "phrases";
    private static final long MOST_BYTES = 16L << 20;

    private ThresholdFile() {}

    /** Writes a file, which replaces one of that name only when it is complete. */
    public static void write(PhraseThresholds thresholds, Path file) {
        ObjectNode root = JSON.createObjectNode().put(MODEL, thresholds.model()).put(OTHERS, thresholds.others());
        ObjectNode phrases = root.putObject(PHRASES);
        thresholds.byPhrase().forEach(phrases::put);
        AtomicFile.write(file, root.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a file.
     *
     * @throws GlipException UNREADABLE_FILE, or BAD_ARGUMENT if it holds something else
     */
    public static PhraseThresholds read(Path file) {
        JsonNode root = parse(file);
        JsonNode others = root.path(OTHERS);
        if (!root.path(MODEL).isTextual()
                || !others.isNumber()
                || !root.path(PHRASES).isObject()) {
            throw bad(file, "an object with model, others and phrases");
        }
        Map<String, Double> phrases = new TreeMap<>();
        root.path(PHRASES).properties().forEach(phrase -> {
            if (!phrase.getValue().isNumber()) {
                throw bad(file, "a number for the phrase '" + phrase.getKey() + "'");
            }
            phrases.put(phrase.getKey(), phrase.getValue().doubleValue());
        });
        try {
            return new PhraseThresholds(root.path(MODEL).textValue(), others.doubleValue(), phrases);
        } catch (GlipException e) {
            throw new GlipException(e.code(), file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw bad(file, "at most " + MOST_BYTES + " bytes");
            }
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, file + ": wanted thresholds as JSON, got " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted thresholds, got " + e, e);
        }
    }

    private static GlipException bad(Path file, String wanted) {
        return new GlipException(
                ErrorCode.BAD_ARGUMENT,
                file + ": wanted thresholds, " + wanted + ", got something else; write them with glip calibrate");
    }
}
