package io.glip4j.torch.checkpoint;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * The named tensors of a checkpoint. Opening reads names, types and shapes only; data stays in the file
 * until it is asked for, one tensor at a time. Safe for many threads; not to be used after it is closed.
 */
public interface StateDict extends AutoCloseable {
    /** Names in the order of the file, without the {@code module.} that distributed training puts before all. */
    Set<String> names();

    /** Type and shape of a tensor; the name must be one of {@link #names}. */
    TensorInfo info(String name);

    /**
     * A tensor of its own, with the stored type and values, row by row in memory. It belongs to the innermost
     * {@link io.glip4j.torch.TensorScope} of this thread, or to the caller where none is open.
     */
    Tensor tensor(String name);

    /** What the file says beside its tensors: safetensors metadata, or plain values such as {@code iteration}. */
    Map<String, String> metadata();

    /** Where it came from, for messages. */
    String source();

    /**
     * Tensors in memory, which stay the caller's: to be written to a file, or loaded elsewhere.
     *
     * @param source what they are, for messages
     */
    static StateDict of(String source, Map<String, Tensor> tensors) {
        return new MemoryStateDict(source, tensors);
    }

    /** The tensors whose names are accepted. Closing it closes nothing: this whole stays the one to close. */
    default StateDict select(Predicate<String> name) {
        return new SelectedStateDict(this, name);
    }

    default boolean has(String name) {
        return names().contains(name);
    }

    /** Lets go of the file. Tensors taken out of it live on. */
    @Override
    void close();
}
