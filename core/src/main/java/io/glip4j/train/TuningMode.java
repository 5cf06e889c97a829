package io.glip4j.train;

import java.util.List;
import java.util.Set;

/** Which weights are moved when a network is tuned with few examples. */
public enum TuningMode {
    /** Those that training moves. */
    FULL,
    /** Only what reads boxes, centerness and words off the fused features (GLIP, section 5.2). */
    LINEAR_PROBE;

    private static final List<String> PROBED = List.of(
            "rpn.head.bbox_pred.",
            "rpn.head.scales.",
            "rpn.head.centerness.",
            "rpn.head.dot_product_projection_text.",
            "rpn.head.log_scale",
            "rpn.head.bias_lang",
            "rpn.head.bias0");

    /**
     * A solver that moves these weights alone.
     *
     * @param parameters names of all weights of the network
     */
    public SolverConfig applied(SolverConfig solver, Set<String> parameters) {
        return switch (this) {
            case FULL -> solver;
            case LINEAR_PROBE ->
                solver.withFrozen(parameters.stream()
                        .filter(name -> PROBED.stream().noneMatch(name::startsWith))
                        .sorted()
                        .toList());
        };
    }
}
