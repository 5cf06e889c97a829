package io.glip4j.torch;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A large part of a network. Of what it computes only the result outlives it; within a {@link Recomputation} the backward
 * pass finds nothing of its inside and computes it again.
 *
 * @param <L> its layer, or its layers
 */
public final class Segment<L> {
    private final L layer;
    private final Parameters parameters;

    private Segment(L layer, Parameters parameters) {
        this.layer = layer;
        this.parameters = parameters;
    }

    /** Makes the layer, which registers all its parameters at {@code parameters}. */
    public static <L> Segment<L> of(Parameters parameters, Function<Parameters, L> made) {
        return new Segment<>(made.apply(parameters), parameters);
    }

    public L layer() {
        return layer;
    }

    /**
     * Does a step of the pass.
     *
     * @param inputs all tensors that the step reads, but for parameters and masks that live until the backward pass
     * @param step the layer on the inputs, which it leaves as they are; called once or twice, with the same random numbers
     */
    public List<Tensor> forward(List<Tensor> inputs, BiFunction<L, List<Tensor>, List<Tensor>> step) {
        return Recomputation.ongoing()
                .map(pass -> pass.forward(inputs, parameters.below(), in -> step.apply(layer, in)))
                .orElseGet(() -> local(inputs, step));
    }

    /** As {@link #forward}, of one input and one result. */
    public Tensor map(Tensor input, BiFunction<L, Tensor, Tensor> step) {
        return forward(List.of(input), (made, in) -> List.of(step.apply(made, in.get(0))))
                .get(0);
    }

    private List<Tensor> local(List<Tensor> inputs, BiFunction<L, List<Tensor>, List<Tensor>> step) {
        try (TensorScope scope = TensorScope.open()) {
            return step.apply(layer, inputs).stream().map(scope::handOver).toList();
        }
    }
}
