package io.glip4j.torch.checkpoint;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** A state dict of tensors that somebody else owns and frees. */
final class MemoryStateDict implements StateDict {
    private final String source;
    private final Map<String, Tensor> tensors;

    MemoryStateDict(String source, Map<String, Tensor> tensors) {
        this.source = source;
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        Tensor tensor = existing(name);
        DType dtype = DType.of(tensor.scalar_type())
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "the tensor '" + name + "' is of type " + tensor.scalar_type() + "; checkpoints hold "
                                + List.of(DType.values())));
        return new TensorInfo(
                dtype, Arrays.stream(Tensors.shape(tensor)).boxed().toList());
    }

    @Override
    public Tensor tensor(String name) {
        return existing(name).detach().contiguous().clone();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void close() {
        // the tensors are not this object's to free
    }

    private Tensor existing(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, source + " has no tensor '" + name + "'");
        }
        return tensor;
    }
}
