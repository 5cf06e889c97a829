package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How weights are moved; {@link #published} has the numbers GLIP was trained with.
 *
 * @param baseRate learning rate at full height
 * @param rateFactors factor on the rate by name prefix of the parameters; the longest prefix that fits counts
 * @param biasRateFactor factor on the rate of every parameter whose name contains {@code bias}
 * @param weightDecay decoupled decay of all parameters but biases; norm weights decay too
 * @param warmupSteps steps in which the rate rises linearly from {@code warmupFactor} of it
 * @param milestones steps (from 0) from which on the rate is multiplied by {@code milestoneFactor}, rising
 * @param clipNorm the gradient of the whole model is scaled down to at most this norm
 * @param emaDecay share of the averaged weights kept at each step
 * @param frozen name prefixes of parameters that stay as they are
 */
public record SolverConfig(
        double baseRate,
        Map<String, Double> rateFactors,
        double biasRateFactor,
        double weightDecay,
        int warmupSteps,
        double warmupFactor,
        List<Integer> milestones,
        double milestoneFactor,
        double clipNorm,
        double emaDecay,
        List<String> frozen) {
    private static final String LANGUAGE = "language_backbone";
    private static final double FIRST_MILESTONE = 0.67;
    private static final double SECOND_MILESTONE = 0.89;

    public SolverConfig {
        rateFactors = Map.copyOf(rateFactors);
        milestones = List.copyOf(milestones);
        frozen = List.copyOf(frozen);
        check(baseRate > 0 && Double.isFinite(baseRate), "a baseRate above 0", baseRate);
        rateFactors.forEach((prefix, factor) ->
                check(factor >= 0 && Double.isFinite(factor), "a rate factor of at least 0 for " + prefix, factor));
        check(biasRateFactor >= 0 && Double.isFinite(biasRateFactor), "biasRateFactor of at least 0", biasRateFactor);
        check(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay of at least 0", weightDecay);
        check(warmupSteps >= 0, "warmupSteps of at least 0", warmupSteps);
        check(warmupFactor >= 0 && warmupFactor <= 1, "warmupFactor in [0, 1]", warmupFactor);
        check(milestones.stream().sorted().toList().equals(milestones), "milestones in rising order", milestones);
        check(milestoneFactor > 0 && milestoneFactor <= 1, "milestoneFactor in (0, 1]", milestoneFactor);
        check(clipNorm > 0, "clipNorm above 0", clipNorm);
        check(emaDecay >= 0 && emaDecay < 1, "emaDecay in [0, 1)", emaDecay);
        check(frozen.stream().noneMatch(String::isBlank), "frozen prefixes that are not blank", frozen);
    }

    /** The published solver of GLIP-T for a run of {@code steps} steps. */
    public static SolverConfig published(int steps) {
        return new SolverConfig(
                1e-4, Map.of(LANGUAGE, 0.1), 2, 1e-4, 2_000, 0.001, milestonesOf(steps), 0.1, 1, 0.999, List.of());
    }

    /** The published milestones: 67 % and 89 % of the steps. */
    public static List<Integer> milestonesOf(int steps) {
        return List.of((int) (FIRST_MILESTONE * steps), (int) (SECOND_MILESTONE * steps));
    }

    public SolverConfig withBaseRate(double rate) {
        return edited(draft -> draft.baseRate = rate);
    }

    public SolverConfig withRateFactors(Map<String, Double> factors) {
        return edited(draft -> draft.rateFactors = factors);
    }

    public SolverConfig withWarmup(int steps) {
        return edited(draft -> draft.warmupSteps = steps);
    }

    public SolverConfig withWeightDecay(double decay) {
        return edited(draft -> draft.weightDecay = decay);
    }

    public SolverConfig withMilestones(List<Integer> steps) {
        return edited(draft -> draft.milestones = steps);
    }

    public SolverConfig withEmaDecay(double decay) {
        return edited(draft -> draft.emaDecay = decay);
    }

    public SolverConfig withFrozen(List<String> prefixes) {
        return edited(draft -> draft.frozen = prefixes);
    }

    private SolverConfig edited(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.finished();
    }

    /** A configuration while some of it is changed. */
    private static final class Draft {
        private double baseRate;
        private Map<String, Double> rateFactors;
        private final double biasRateFactor;
        private double weightDecay;
        private int warmupSteps;
        private final double warmupFactor;
        private List<Integer> milestones;
        private final double milestoneFactor;
        private final double clipNorm;
        private double emaDecay;
        private List<String> frozen;

        Draft(SolverConfig from) {
            this.baseRate = from.baseRate;
            this.rateFactors = from.rateFactors;
            this.biasRateFactor = from.biasRateFactor;
            this.weightDecay = from.weightDecay;
            this.warmupSteps = from.warmupSteps;
            this.warmupFactor = from.warmupFactor;
            this.milestones = from.milestones;
            this.milestoneFactor = from.milestoneFactor;
            this.clipNorm = from.clipNorm;
            this.emaDecay = from.emaDecay;
            this.frozen = from.frozen;
        }

        SolverConfig finished() {
            return new SolverConfig(
                    baseRate,
                    rateFactors,
                    biasRateFactor,
                    weightDecay,
                    warmupSteps,
                    warmupFactor,
                    milestones,
                    milestoneFactor,
                    clipNorm,
                    emaDecay,
                    frozen);
        }
    }

    /** What the base rate is multiplied by at step {@code step}, counted from 0. */
    public double schedule(int step) {
        double factor = 1;
        if (step < warmupSteps) {
            double done = (double) step / warmupSteps;
            factor = warmupFactor * (1 - done) + done;
        }
        for (int milestone : milestones) {
            if (step >= milestone) {
                factor *= milestoneFactor;
            }
        }
        return factor;
    }

    /** Rate of a parameter at full height. */
    public double rateOf(String name) {
        double factor = rateFactors.keySet().stream()
                .filter(name::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .map(prefix -> rateFactors.getOrDefault(prefix, 1.0))
                .orElse(1.0);
        return baseRate * factor * (isBias(name) ? biasRateFactor : 1);
    }

    /** Decay of a parameter. */
    public double decayOf(String name) {
        return isBias(name) ? 0 : weightDecay;
    }

    /** Whether a parameter is moved at all. */
    public boolean trains(String name) {
        return frozen.stream().noneMatch(name::startsWith);
    }

    private static boolean isBias(String name) {
        return name.contains("bias");
    }

    private static void check(boolean holds, String wanted, Object got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "solver: wanted " + wanted + ", got " + got);
        }
    }
}
