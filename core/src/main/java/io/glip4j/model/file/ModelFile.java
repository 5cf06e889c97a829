package io.glip4j.model.file;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.checkpoint.StrictLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A whole model in one file: glip4j's own safetensors, which carry everything, or a published checkpoint, whose
 * configuration is told by the caller or by the shapes of its tensors.
 */
public final class ModelFile implements AutoCloseable {
    private static final String ANSWER_ROWS = "rpn.head.answer_head.decoder.bias";

    private final ModelHeader header;
    private final StateDict weights;

    private ModelFile(ModelHeader header, StateDict weights) {
        this.header = header;
        this.weights = weights;
    }

    /**
     * Opens a {@code .safetensors} or {@code .pth} file.
     *
     * @throws GlipException UNREADABLE_FILE, BAD_CHECKPOINT or UNSAFE_CHECKPOINT; CHECKPOINT_MISMATCH where the file
     *     has no configuration and the shapes are those of no preset
     */
    public static ModelFile open(Path file) {
        return of(Checkpoints.open(file));
    }

    /** Opens a file as {@link #open(Path)}, for a configuration that is known; its shapes are checked when loading. */
    public static ModelFile open(Path file, GlipConfig config) {
        StateDict weights = Checkpoints.open(file);
        ModelHeader said = ModelHeader.read(weights.source(), weights.metadata())
                .orElse(new ModelHeader(config, Optional.empty(), Map.of()));
        return new ModelFile(new ModelHeader(config, said.tokenizer(), said.external()), weights);
    }

    /**
     * Reads a small model from a stream, such as a resource of a jar, into memory.
     *
     * @param source what it is, for messages
     */
    public static ModelFile read(String source, InputStream stream) {
        try {
            return of(Checkpoints.read(source, stream.readAllBytes()));
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, "cannot read " + source + "; wanted a .safetensors file", e);
        }
    }

    private static ModelFile of(StateDict weights) {
        ModelHeader header = ModelHeader.read(weights.source(), weights.metadata())
                .orElseGet(() -> new ModelHeader(Structure.matchingPreset(weights), Optional.empty(), Map.of()));
        return new ModelFile(header, weights);
    }

    /**
     * Makes or replaces a model's file, through one beside it. Weights that the header says to be elsewhere are left
     * out.
     *
     * @throws GlipException CANNOT_WRITE; what was there before is then still there
     */
    public static void write(Path target, ModelHeader header, StateDict weights, Precision precision) {
        StateDict own = weights.select(name -> !header.isExternal(name));
        SafetensorsWriter.write(target, own, header.toMetadata(), precision);
    }

    public GlipConfig config() {
        return header.config();
    }

    public ModelHeader header() {
        return header;
    }

    /** The tensors in the file, without external ones. */
    public StateDict weights() {
        return weights;
    }

    /**
     * Loads every parameter of the model, strictly.
     *
     * @param sources by the names that a header's {@code external} may have
     * @throws GlipException CHECKPOINT_MISMATCH, naming all missing, unexpected and misshapen tensors
     */
    public void load(Parameters parameters, Map<String, ExternalWeights> sources) {
        load(parameters, sources, name -> true);
    }

    /** Loads as {@link #load(Parameters, Map)}, but for the parameters that are not accepted, which stay as they are. */
    public void load(Parameters parameters, Map<String, ExternalWeights> sources, Predicate<String> accepted) {
        requireAnswersOfTheHead();
        StrictLoader.load(parameters, weights, name -> !header.isExternal(name) && accepted.test(name));
        header.external().forEach((prefix, name) -> {
            ExternalWeights source = sources.get(name);
            if (source == null) {
                throw new GlipException(
                        ErrorCode.CHECKPOINT_MISMATCH,
                        weights.source() + ": wanted the weights of '" + prefix + "' from '" + name
                                + "', got only the sources " + new TreeSet<>(sources.keySet())
                                + "; use a newer glip4j");
            }
            source.load(parameters, prefix);
        });
    }

    private void requireAnswersOfTheHead() {
        int listed = config().answers().size();
        if (listed > 0 && weights.has(ANSWER_ROWS)) {
            long rows = weights.info(ANSWER_ROWS).count();
            if (rows != listed) {
                throw new GlipException(
                        ErrorCode.CHECKPOINT_MISMATCH,
                        weights.source() + ": wanted a list of " + rows + " answers, as its answer head has rows, got "
                                + listed + "; give the list that the head was trained with");
            }
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
