package io.glip4j.train;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which weights are moved when a network is tuned with few examples. */
public enum TuningMode {
    /** Those that training moves. */
    FULL,
    /** Only what reads boxes, centerness and words off the fused features (GLIP, section 5.2). */
    LINEAR_PROBE,
    /** Nothing of the network: what is added to the text encoder's features of the class names (GLIP, section 5.2). */
    PROMPT;

    /** A few numbers a word that start at zero have a long way to go in few steps. */
    private static final double PROMPT_RATE = 0.05;

    private static final List<String> PROBED = List.of(
            "rpn.head.bbox_pred.",
            "rpn.head.scales.",
            "rpn.head.centerness.",
            "rpn.head.dot_product_projection_text.",
            "rpn.head.log_scale",
            "rpn.head.bias_lang",
            "rpn.head.bias0");

    /** Its name as people write it: {@code linear_probe}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A solver that moves these weights alone, prompts at a rate of their own.
     *
     * @param parameters names of all weights of the network
     */
    public SolverConfig applied(SolverConfig solver, Set<String> parameters) {
        return switch (this) {
            case FULL -> solver;
            case LINEAR_PROBE -> movingOnly(solver, parameters, PROBED);
            case PROMPT ->
                movingOnly(solver.withBaseRate(PROMPT_RATE), parameters, List.of(TrainableModel.TUNED_WORDS));
        };
    }

    private static SolverConfig movingOnly(SolverConfig solver, Set<String> parameters, List<String> prefixes) {
        return solver.withFrozen(parameters.stream()
                .filter(name -> prefixes.stream().noneMatch(name::startsWith))
                .sorted()
                .toList());
    }
}
