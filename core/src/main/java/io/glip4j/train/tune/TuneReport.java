package io.glip4j.train.tune;

import io.glip4j.train.TuningMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What few pictures are worth, and what they cost elsewhere.
 *
 * @param validation name of the set that the runs are measured on
 * @param zeroShot box AP on it of the model as it was
 * @param zeroShotElsewhere that on each other set
 * @param sharedNames class names that a set elsewhere has in common with the tuned one, where it has some
 * @param runs those that are done
 */
public record TuneReport(
        String validation,
        double zeroShot,
        Map<String, Double> zeroShotElsewhere,
        Map<String, List<String>> sharedNames,
        List<TuneResult> runs) {
    public TuneReport {
        runs = List.copyOf(runs);
    }

    /** Numbers over the seeds; {@code deviation} is the sample's, 0 for one seed. */
    public record Spread(int seeds, double mean, double least, double largest, double deviation) {
        private static Optional<Spread> of(double[] values) {
            if (values.length == 0) {
                return Optional.empty();
            }
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            return Optional.of(new Spread(
                    values.length,
                    mean,
                    Arrays.stream(values).min().orElseThrow(),
                    Arrays.stream(values).max().orElseThrow(),
                    values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1))));
        }
    }

    /** Modes that have runs, in the order of the enumeration. */
    public List<TuningMode> modes() {
        return Stream.of(TuningMode.values())
                .filter(mode -> runs.stream().anyMatch(run -> run.mode().equals(mode.label())))
                .toList();
    }

    /** Numbers of shots that have runs, ascending; all of them is the last. */
    public List<Integer> shots() {
        return runs.stream()
                .map(TuneResult::shots)
                .distinct()
                .sorted((a, b) -> Integer.compareUnsigned(a - 1, b - 1)) // ALL is 0 and becomes the largest
                .toList();
    }

    /** AP on the validation set, none where nothing was run. */
    public Optional<Spread> precision(TuningMode mode, int shots) {
        return spread(mode, shots, TuneResult::ap);
    }

    /** AP on another set, none where nothing was run. That of a model that stays as it is is what it was. */
    public Optional<Spread> elsewhere(String set, TuningMode mode, int shots) {
        double before = Objects.requireNonNull(zeroShotElsewhere.get(set));
        return spread(mode, shots, run -> run.others().getOrDefault(set, before));
    }

    private Optional<Spread> spread(TuningMode mode, int shots, ToDoubleFunction<TuneResult> number) {
        return Spread.of(runs.stream()
                .filter(run -> run.of(mode, shots))
                .mapToDouble(number)
                .toArray());
    }
}
