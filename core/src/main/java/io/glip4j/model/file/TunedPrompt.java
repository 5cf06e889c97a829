package io.glip4j.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.TunedWords;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.checkpoint.StrictLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small file beside a model: class names and what prompt tuning learned for their words. Owns its tensors. */
public final class TunedPrompt implements AutoCloseable {
    private static final String VERSION = "glip4j.tuned_prompt";
    private static final String THIS_VERSION = "1";
    private static final String MODEL = "glip4j.model";
    private static final String CLASSES = "glip4j.classes";
    private static final String TOKENS = "glip4j.tokens";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String source;
    private final Content content;
    private final Parameters parameters;
    private final TunedWords words;

    /**
     * What stands in the file beside the tensors.
     *
     * @param model fingerprint of the model it was tuned for
     * @param classes names, as they stand in a prompt
     * @param tokenIds of each name, without start and end
     */
    public record Content(String model, List<String> classes, List<List<Integer>> tokenIds) {
        public Content {
            classes = List.copyOf(classes);
            tokenIds = tokenIds.stream().map(List::copyOf).toList();
            if (classes.isEmpty() || classes.size() != tokenIds.size()) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted classes with tokens each, got " + classes.size() + " and " + tokenIds.size());
            }
        }
    }

    private TunedPrompt(String source, Content content, StateDict weights) {
        this.source = source;
        this.content = content;
        this.parameters = Parameters.uninitialized();
        try {
            this.words = new TunedWords(parameters, content.tokenIds(), width(source, weights));
            StrictLoader.load(parameters, weights, name -> true);
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /** Writes what was learned, (tokens, Ct) for each class in turn under the names 0, 1, ... */
    public static void write(Path target, Content content, StateDict learned) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(VERSION, THIS_VERSION);
        metadata.put(MODEL, content.model());
        try {
            metadata.put(CLASSES, JSON.writeValueAsString(content.classes()));
            metadata.put(TOKENS, JSON.writeValueAsString(content.tokenIds()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        SafetensorsWriter.write(target, learned, metadata, Precision.FULL);
    }

    /** Reads a file; it may come from anybody. */
    public static TunedPrompt read(Path file) {
        try (StateDict weights = Checkpoints.open(file)) {
            Map<String, String> metadata = weights.metadata();
            if (!THIS_VERSION.equals(metadata.get(VERSION))) {
                throw new GlipException(
                        ErrorCode.BAD_CHECKPOINT,
                        file + ": wanted a prompt that glip tune --mode prompt wrote, got another file; tune one");
            }
            Content content = new Content(
                    metadata.getOrDefault(MODEL, ""),
                    parsed(file, metadata, CLASSES, new TypeReference<>() {}),
                    parsed(file, metadata, TOKENS, new TypeReference<>() {}));
            return new TunedPrompt(file.toString(), content, weights);
        }
    }

    /** This, if it was tuned for the model with this fingerprint; otherwise it is closed. */
    public TunedPrompt requireModel(String fingerprint) {
        if (!content.model().equals(fingerprint)) {
            close();
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    source + ": wanted a prompt tuned for the model " + fingerprint + ", got one for the model "
                            + content.model() + "; load that model or tune again");
        }
        return this;
    }

    /** Names, as they stand in a prompt. */
    public List<String> classes() {
        return content.classes();
    }

    /** What is added to the words' features. */
    public TunedWords words() {
        return words;
    }

    private static long width(String source, StateDict weights) {
        String first = "0";
        if (!weights.has(first) || weights.info(first).shape().size() != 2) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT, source + ": wanted a tensor '0' of (tokens, width), got none");
        }
        return weights.info(first).shape().get(1);
    }

    private static <T> T parsed(Path file, Map<String, String> metadata, String key, TypeReference<T> type) {
        try {
            return JSON.readValue(metadata.getOrDefault(key, ""), type);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    file + ": wanted JSON in '" + key + "', got " + e.getOriginalMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
