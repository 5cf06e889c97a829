package io.glip4j.torch;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Frees every tensor made inside it when it closes. Scopes belong to one thread and are opened in few places only: one
 * image, one training step, one evaluation batch.
 */
public final class TensorScope implements AutoCloseable {
    private final @Nullable PointerScope enclosing;
    private final PointerScope pointers;
    private final @Nullable AutoGradMode gradientMode;

    private TensorScope(@Nullable AutoGradMode gradientMode) {
        this.gradientMode = gradientMode;
        this.enclosing = PointerScope.getInnerScope();
        this.pointers = new PointerScope();
    }

    /** A scope in which gradients are recorded as the parameters ask for it. */
    public static TensorScope open() {
        TorchRuntime.start();
        return new TensorScope(null);
    }

    /** A scope in which no gradient is recorded: inference and evaluation. */
    public static TensorScope withoutGradient() {
        TorchRuntime.start();
        return new TensorScope(newGradientMode(false));
    }

    /** As {@link #open}, also where the scope around it records no gradient. */
    public static TensorScope withGradient() {
        TorchRuntime.start();
        return new TensorScope(newGradientMode(true));
    }

    /** Takes a tensor out of this scope: it outlives it, and the caller frees it. */
    public Tensor keep(Tensor tensor) {
        tensor.retainReference();
        pointers.detach(tensor);
        return tensor;
    }

    /**
     * Hands a tensor to the enclosing scope, which frees it: for a step whose large intermediate values should not live
     * as long as its result. Without an enclosing scope the caller frees it, as with {@link #keep}.
     *
     * @return the tensor to use once this scope is closed
     */
    public Tensor handOver(Tensor tensor) {
        Tensor own = new Tensor(tensor); // the given one may belong to an outer scope already
        if (enclosing == null) {
            return keep(own);
        }
        enclosing.attach(own);
        pointers.detach(own);
        return own;
    }

    /**
     * Does one step of a pass and frees everything it made but its result, so that the memory of a pass is that of its
     * largest step; what a backward pass needs, libtorch keeps.
     */
    public static Tensor local(Supplier<Tensor> step) {
        try (TensorScope scope = open()) {
            return scope.handOver(step.get());
        }
    }

    /**
     * Does a step as {@link #local}, and then frees {@code last}, which nothing reads after it: along a chain of steps
     * one value is held, not all of them.
     */
    public static Tensor consume(Tensor last, UnaryOperator<Tensor> step) {
        Tensor result = local(() -> step.apply(last));
        free(List.of(last));
        return result;
    }

    /** Frees at once what its scope would free later: large values that have been read for the last time. */
    public static void free(List<Tensor> tensors) {
        tensors.forEach(Tensor::close);
    }

    /** Frees what was made inside, then restores the gradient mode. */
    @Override
    public void close() {
        pointers.close();
        if (gradientMode != null) {
            gradientMode.close();
        }
    }

    /** Made outside of any scope's reach, as it must be freed after the tensors. */
    private static AutoGradMode newGradientMode(boolean recorded) {
        AutoGradMode mode = new AutoGradMode(recorded);
        PointerScope enclosing = PointerScope.getInnerScope();
        if (enclosing != null) {
            mode.retainReference();
            enclosing.detach(mode);
        }
        return mode;
    }
}
