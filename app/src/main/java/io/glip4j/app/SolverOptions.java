package io.glip4j.app;

import io.glip4j.train.LayerDecay;
import io.glip4j.train.SolverConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How fast which weights learn. */
final class SolverOptions {
    @Option(names = "--rate", paramLabel = "RATE", description = "base learning rate")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--warmup", paramLabel = "STEPS", description = "steps in which the rate rises")
    private Optional<Integer> warmup = Optional.empty();

    @Option(
            names = "--rate-of",
            split = ",",
            paramLabel = "PREFIX=FACTOR",
            description = "factor on the rate of some parameters, as in backbone.=0.1")
    private Map<String, Double> rateFactors = Map.of();

    @Option(
            names = "--layer-decay",
            paramLabel = "FACTOR",
            description = "on the rate, from each layer of the encoders to the one before it (default: 1)")
    private Optional<Double> layerDecay = Optional.empty();

    @Option(
            names = "--average",
            paramLabel = "SHARE",
            description =
                    "of the averaged weights, which the model is written with, the share kept at each step; less for"
                            + " short runs (default: 0.998 for nano, else 0.999; 0 for the last weights)")
    private Optional<Double> average = Optional.empty();

    @Option(names = "--freeze", split = ",", paramLabel = "PREFIX", description = "parameters that stay as they are")
    private List<String> frozen = List.of();

    /** The usual solver with what was asked for; {@code parameters} are the network's, in its order. */
    SolverConfig applied(SolverConfig usual, Collection<String> parameters) {
        SolverConfig solver = usual;
        if (rate.isPresent()) {
            solver = solver.withBaseRate(rate.get());
        }
        if (warmup.isPresent()) {
            solver = solver.withWarmup(warmup.get());
        }
        if (average.isPresent()) {
            solver = solver.withEmaDecay(average.get());
        }
        if (!rateFactors.isEmpty()) {
            Map<String, Double> factors = new LinkedHashMap<>(solver.rateFactors());
            factors.putAll(rateFactors);
            solver = solver.withRateFactors(factors);
        }
        if (layerDecay.isPresent()) {
            solver = LayerDecay.applied(solver, parameters, layerDecay.get());
        }
        return frozen.isEmpty() ? solver : solver.withFrozen(frozen);
    }
}
