package io.glip4j.verify;

import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.checkpoint.TensorInfo;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** A file's tensors, and some of a second one's. */
final class JoinedStateDict implements StateDict {
    private final StateDict first;
    private final StateDict second;

    private final Set<String> names;

    /** Takes over both; of the second only the tensors of these names are seen. */
    JoinedStateDict(StateDict first, StateDict second, Set<String> namesOfSecond) {
        this.first = first;
        this.second = second;
        this.names = new LinkedHashSet<>(first.names());
        names.addAll(namesOfSecond);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public TensorInfo info(String name) {
        return owner(name).info(name);
    }

    @Override
    public Tensor tensor(String name) {
        return owner(name).tensor(name);
    }

    @Override
    public Map<String, String> metadata() {
        return first.metadata();
    }

    @Override
    public String source() {
        return first.source();
    }

    private StateDict owner(String name) {
        return first.has(name) ? first : second;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
