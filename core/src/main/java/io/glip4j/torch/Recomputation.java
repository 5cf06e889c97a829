package io.glip4j.torch;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * One pass in less memory (Chen et al. 2016): of each {@link Segment} only what goes in is kept for the backward pass,
 * which computes the rest again, one segment at a time. Losses and gradients are those of an ordinary pass.
 */
public final class Recomputation {
    private static final ThreadLocal<Recomputation> ONGOING = new ThreadLocal<>();

    /** Owns what is kept. */
    private final PointerScope home;

    private @Nullable TensorVector lastReturned;

    private Recomputation(PointerScope home) {
        this.home = home;
    }

    /**
     * Runs a forward pass on this thread. The tensor scope around it owns what is kept, so it must be open still in the
     * backward pass, which happens once, on the same thread.
     */
    public static <T> T during(Supplier<T> pass) {
        PointerScope around = PointerScope.getInnerScope();
        if (around == null) {
            throw new IllegalStateException("wanted a tensor scope around a pass to be computed again, got none; open"
                    + " one that holds both the forward and the backward pass");
        }
        ONGOING.set(new Recomputation(around));
        try {
            return pass.get();
        } finally {
            ONGOING.remove();
        }
    }

    /** The one whose forward pass this is; none where no gradient is recorded. */
    static Optional<Recomputation> ongoing() {
        return Optional.ofNullable(ONGOING.get()).filter(pass -> GradMode.is_enabled());
    }

    /** A segment's forward pass; a segment with nothing to learn, before it and inside, has no backward pass. */
    List<Tensor> forward(List<Tensor> inputs, List<Tensor> parameters, UnaryOperator<List<Tensor>> step) {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> outputs;
            if (Stream.concat(inputs.stream(), parameters.stream()).noneMatch(Tensor::requires_grad)) {
                outputs = step.apply(inputs);
            } else {
                SegmentBackward backward = new SegmentBackward(this, inputs, parameters, step);
                outputs = backward.follow(inputs, withoutGradient(inputs, step));
            }
            return outputs.stream().map(scope::handOver).toList();
        }
    }

    private static List<Tensor> withoutGradient(List<Tensor> inputs, UnaryOperator<List<Tensor>> step) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return step.apply(inputs).stream().map(scope::handOver).toList();
        } finally {
            Autocast.forgetWeights(); // those cast here have no gradient
        }
    }

    /** Hands something made in the innermost scope to the scope around the pass. */
    <P extends Pointer> P keep(P made) {
        PointerScope inner = PointerScope.getInnerScope();
        home.attach(made);
        if (inner != null) {
            inner.detach(made);
        }
        return made;
    }

    /** What a segment's backward pass returns; it has been read when the next one returns, and large. */
    TensorVector returned(TensorVector gradients) {
        if (lastReturned != null) {
            lastReturned.close();
        }
        lastReturned = keep(gradients);
        return gradients;
    }
}
