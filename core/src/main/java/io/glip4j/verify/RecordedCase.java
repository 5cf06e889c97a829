package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImageSize;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.output.PhraseTokens;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A folder with a network's weights, its inputs and what the reference made of them. */
public final class RecordedCase implements AutoCloseable {
    private static final String JSON = "case.json";

    private final Path folder;
    private final String name;
    private final JsonNode json;
    private final StateDict weights;
    private final StateDict expected;
    private final GlipConfig config;

    private RecordedCase(Path folder, JsonNode json, StateDict weights, StateDict expected) {
        this.folder = folder;
        this.name = folder.toAbsolutePath().normalize().getFileName().toString();
        this.json = json;
        this.weights = weights;
        this.expected = expected;
        this.config = configOf(name, json, weights);
    }

    private static GlipConfig configOf(String name, JsonNode json, StateDict weights) {
        try {
            return CaseConfig.of(json, weights);
        } catch (IllegalArgumentException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted the network's description in " + name + "/" + JSON + ", got: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Opens a case: {@code case.json}, the weights in {@code model.pth} or {@code model.safetensors}, and
     * {@code expected.safetensors}; safetensors may be gzipped, with the ending {@code .gz}.
     */
    public static RecordedCase open(Path folder) {
        Path description = folder.resolve(JSON);
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(description.toFile());
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    "wanted a case folder with " + JSON + ", got " + folder + "; name such a folder: " + e.getMessage(),
                    e);
        }
        return new RecordedCase(folder, json, CaseFiles.weights(folder, json), CaseFiles.expected(folder));
    }

    /** The folder's name. */
    public String name() {
        return name;
    }

    /** {@code case.json} as it stands. */
    public JsonNode json() {
        return json;
    }

    public GlipConfig config() {
        return config;
    }

    public StateDict weights() {
        return weights;
    }

    public boolean expects(String tensor) {
        return expected.has(tensor);
    }

    /** A recorded tensor of this name, in the innermost scope. */
    public Tensor expected(String tensor) {
        if (!expected.has(tensor)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted " + tensor + " in " + expected.source() + ", got no such tensor");
        }
        return expected.tensor(tensor);
    }

    /** Recorded solver steps, where there are some; the caller closes them. */
    Optional<RecordedTrajectory> trajectory() {
        return RecordedTrajectory.in(folder);
    }

    /** Preprocessed pictures, (N, 3, H, W). */
    public Tensor images() {
        return expected("input.images");
    }

    public TextBatch text() {
        return new TextBatch(expected("input.input_ids"), expected("input.attention_mask"));
    }

    /** Token positions of every class of the prompt, by the class's number. */
    public List<PhraseTokens> phrases() {
        List<PhraseTokens> phrases = new ArrayList<>();
        json.required("label_to_tokens").properties().forEach(entry -> {
            List<Integer> tokens = new ArrayList<>();
            entry.getValue().forEach(token -> tokens.add(token.asInt()));
            phrases.add(new PhraseTokens(Integer.parseInt(entry.getKey()), tokens));
        });
        return phrases;
    }

    /** Size of picture {@code index} as resized, without padding. */
    public ImageSize imageSize(int index) {
        JsonNode heightWidth = json.required("image_sizes_hw").required(index);
        return new ImageSize(
                heightWidth.required(1).asInt(), heightWidth.required(0).asInt());
    }

    @Override
    public void close() {
        weights.close();
        expected.close();
    }
}
