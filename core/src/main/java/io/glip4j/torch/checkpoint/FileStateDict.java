package io.glip4j.torch.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** A state dict whose data stays in its file until it is asked for. */
final class FileStateDict implements StateDict {
    private static final String WRAPPER = "module.";

    private final FileContent file;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, String> metadata;

    FileStateDict(FileContent file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
        this.file = file;
        this.tensors = unwrapped(tensors);
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Takes off the prefix of distributed training where every name has it. */
    private static Map<String, StoredTensor> unwrapped(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> names = new LinkedHashMap<>(tensors);
        while (!names.isEmpty() && names.keySet().stream().allMatch(name -> name.startsWith(WRAPPER))) {
            Map<String, StoredTensor> shorter = new LinkedHashMap<>();
            names.forEach((name, tensor) -> shorter.put(name.substring(WRAPPER.length()), tensor));
            names = shorter;
        }
        return names;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return stored(name).info();
    }

    @Override
    public Tensor tensor(String name) {
        return stored(name).read(file);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public String source() {
        return file.errors().file();
    }

    @Override
    public void close() {
        file.close();
    }

    private StoredTensor stored(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw file.errors().unsupported("wanted the tensor '" + name + "', which it does not hold");
        }
        return tensor;
    }
}
