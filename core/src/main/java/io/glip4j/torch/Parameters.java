package io.glip4j.torch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Every parameter of one model by its published name, and the one owner of their native memory.
 *
 * <p>A layer's constructor registers what it needs under its own prefix ({@link #at}) and keeps the tensors; closing
 * the root frees them all. Names are those of the published checkpoints, dots included.
 */
public final class Parameters implements AutoCloseable {
    private final String prefix;
    private final boolean initialize;
    private final Map<String, Tensor> byName;
    private final Form form;

    private Parameters(String prefix, boolean initialize, Map<String, Tensor> byName, Form form) {
        this.prefix = prefix;
        this.initialize = initialize;
        this.byName = byName;
        this.form = form;
    }

    /** New parameters drawn from {@code seed}, the same on every run. Not for two threads at once. */
    public static Parameters seeded(long seed) {
        TorchRuntime.start();
        torch.manual_seed(seed);
        return new Parameters("", true, new LinkedHashMap<>(), Form.PLAIN);
    }

    /** Parameters whose values are undefined until a checkpoint is loaded into every one of them. */
    public static Parameters uninitialized() {
        TorchRuntime.start();
        return new Parameters("", false, new LinkedHashMap<>(), Form.PLAIN);
    }

    /** The same parameters seen from a child: names registered there start with {@code child} and a dot. */
    public Parameters at(String child) {
        return new Parameters(prefix + child + ".", initialize, byName, form);
    }

    /** The same parameters, for layers that compute in this form. */
    public Parameters in(Form chosen) {
        return new Parameters(prefix, initialize, byName, chosen);
    }

    /** How the layers that register here compute. */
    public Form form() {
        return form;
    }

    /** The child numbered {@code index} of a list. */
    public Parameters at(int index) {
        return at(Integer.toString(index));
    }

    /**
     * Registers a parameter of this shape, float32 unless the form holds it in less; the name must be new.
     */
    public Tensor register(String name, Initializer initializer, long... shape) {
        String full = prefix + name;
        Tensor parameter;
        try (PointerScope scope = new PointerScope()) {
            parameter = torch.empty(shape, new TensorOptions(form.held(shape.length)), new MemoryFormatOptional());
            parameter.retainReference();
            scope.detach(parameter);
            if (initialize) {
                try (TensorScope withoutGradient = TensorScope.withoutGradient()) {
                    initializer.fill(parameter);
                }
            }
        }
        if (byName.putIfAbsent(full, parameter) != null) {
            parameter.close();
            throw new IllegalStateException("two layers register the parameter " + full);
        }
        return parameter;
    }

    /** All parameters of the whole model by full name, in the order of registration. */
    public Map<String, Tensor> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /** Those registered here and at children, in the order of registration. */
    List<Tensor> below() {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Asks for gradients of the parameters whose full name is accepted, and of no other. */
    public void requireGradient(Predicate<String> name) {
        byName.forEach((full, parameter) -> parameter.set_requires_grad(name.test(full)));
    }

    /** Moves every parameter; layers keep the tensors they have, which then live there. */
    public void moveTo(Device device) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            byName.values().forEach(parameter -> parameter.set_data(device.place(parameter)));
        }
    }

    /** Where the parameters live. */
    public Device device() {
        return byName.values().stream().findAny().map(Device::of).orElse(Device.CPU);
    }

    /** Number of values over all parameters. */
    public long count() {
        return byName.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Frees all parameters of the whole model, whichever view it is called on. */
    @Override
    public void close() {
        byName.values().forEach(Tensor::close);
        byName.clear();
    }
}
