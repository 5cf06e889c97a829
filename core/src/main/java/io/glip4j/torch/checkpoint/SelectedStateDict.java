package io.glip4j.torch.checkpoint;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/** Some tensors of another state dict, which stays the one to close. */
final class SelectedStateDict implements StateDict {
    private final StateDict all;
    private final Set<String> names = new LinkedHashSet<>();

    SelectedStateDict(StateDict all, Predicate<String> name) {
        this.all = all;
        all.names().stream().filter(name).forEach(names::add);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public TensorInfo info(String name) {
        return all.info(checked(name));
    }

    @Override
    public Tensor tensor(String name) {
        return all.tensor(checked(name));
    }

    @Override
    public Map<String, String> metadata() {
        return all.metadata();
    }

    @Override
    public String source() {
        return all.source();
    }

    @Override
    public void close() {
        // its owner closes the whole
    }

    private String checked(String name) {
        if (!names.contains(name)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, source() + " has no tensor '" + name + "' in this selection");
        }
        return name;
    }
}
