package io.glip4j.train;

import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter 2019), clipping by the whole model's norm, the published
 * schedule, and a running average of the weights.
 *
 * <p>One step: gradients from the caller's backward passes, {@link #step}, {@link #clearGradients}. Works on the
 * parameters in place; its own tensors live until {@link #close}. For one thread.
 */
public final class Solver implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** What is kept for one trained parameter. */
    private record Slot(Tensor parameter, Tensor mean, Tensor square, Tensor average, double rate, double decay) {}

    private final SolverConfig config;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    /** Steps in which a parameter had a gradient, which is what its moments' bias correction counts. */
    private final Map<String, Integer> updates = new LinkedHashMap<>();

    /** Asks for gradients of the parameters that train and of no other; averages start at the present weights. */
    public Solver(Parameters parameters, SolverConfig config) {
        this.config = config;
        parameters.requireGradient(config::trains);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            parameters.byName().forEach((name, parameter) -> {
                if (config.trains(name)) {
                    slots.put(
                            name,
                            new Slot(
                                    parameter,
                                    scope.keep(torch.zeros_like(parameter)),
                                    scope.keep(torch.zeros_like(parameter)),
                                    scope.keep(parameter.detach().clone()),
                                    config.rateOf(name),
                                    config.decayOf(name)));
                    updates.put(name, 0);
                }
            });
        }
    }

    /**
     * Moves the weights by their gradients.
     *
     * @param step number of this step in the schedule, from 0
     * @return the norm of the whole gradient before clipping; when it is not finite, nothing was moved
     */
    public double step(int step) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            double norm = gradientNorm();
            if (!Double.isFinite(norm)) {
                return norm;
            }
            double clip = Math.min(1, config.clipNorm() / (norm + 1e-6));
            double schedule = config.schedule(step);
            slots.forEach((name, slot) -> {
                Tensor gradient = slot.parameter().grad();
                if (gradient.defined()) {
                    move(name, slot, gradient, clip, slot.rate() * schedule);
                }
                slot.average().lerp_(slot.parameter(), new Scalar(1 - config.emaDecay()));
            });
            return norm;
        }
    }

    private void move(String name, Slot slot, Tensor gradient, double clip, double rate) {
        int update = updates.merge(name, 1, Integer::sum);
        if (clip < 1) {
            gradient.mul_(new Scalar(clip));
        }
        if (slot.decay() != 0) {
            slot.parameter().mul_(new Scalar(1 - rate * slot.decay()));
        }
        slot.mean().lerp_(gradient, new Scalar(1 - BETA1));
        slot.square().mul_(new Scalar(BETA2)).addcmul_(gradient, gradient, new Scalar(1 - BETA2));
        double meanCorrection = 1 - Math.pow(BETA1, update);
        double squareCorrection = Math.sqrt(1 - Math.pow(BETA2, update));
        Tensor scale = slot.square().sqrt().div_(new Scalar(squareCorrection)).add_(new Scalar(EPSILON));
        slot.parameter().addcdiv_(slot.mean(), scale, new Scalar(-rate / meanCorrection));
    }

    /** Norm of all gradients taken as one vector. */
    private double gradientNorm() {
        TensorVector norms = new TensorVector();
        for (Slot slot : slots.values()) {
            Tensor gradient = slot.parameter().grad();
            if (gradient.defined()) {
                norms.push_back(torch.linalg_vector_norm(gradient));
            }
        }
        return norms.empty() ? 0 : torch.linalg_vector_norm(torch.stack(norms)).item_double();
    }

    /** Forgets all gradients, so that parameters the next step does not reach stay where they are. */
    public void clearGradients() {
        slots.values().forEach(slot -> slot.parameter().mutable_grad().reset());
    }

    /** The running averages of the weights that train. */
    public Map<String, Tensor> averages() {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        slots.forEach((name, slot) -> byName.put(name, slot.average()));
        return byName;
    }

    /** Puts the averages in the weights' place while {@code action} runs. */
    public void withAverages(Runnable action) {
        exchangeWeightsAndAverages();
        try {
            action.run();
        } finally {
            exchangeWeightsAndAverages();
        }
    }

    private void exchangeWeightsAndAverages() {
        for (Slot slot : slots.values()) {
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor weight = slot.parameter().detach().clone();
                slot.parameter().copy_(slot.average());
                slot.average().copy_(weight);
            }
        }
    }

    /** Everything but the weights that the next step depends on: tensors to read or to write into. */
    Map<String, Tensor> state() {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            byName.put("mean." + name, slot.mean());
            byName.put("square." + name, slot.square());
            byName.put("average." + name, slot.average());
        });
        return byName;
    }

    /** How often each weight was moved. */
    Map<String, Integer> updates() {
        return Map.copyOf(updates);
    }

    /** Takes over the counts of an earlier run. */
    void restoreUpdates(Map<String, Integer> counts) {
        updates.replaceAll((name, count) -> counts.getOrDefault(name, 0));
    }

    @Override
    public void close() {
        for (Slot slot : slots.values()) {
            slot.mean().close();
            slot.square().close();
            slot.average().close();
        }
        slots.clear();
    }
}
