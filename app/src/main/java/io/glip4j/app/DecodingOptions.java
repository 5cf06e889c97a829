package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.inference.decoding.Decoding;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a description is chosen: by beam search, greedily, or drawn. */
final class DecodingOptions {
    private static final Decoding.Beam USUAL = (Decoding.Beam) DescribeOptions.DEFAULT.decoding();

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Way way = new Way();

    @Option(
            names = "--length-penalty",
            paramLabel = "POWER",
            description = "with --beams: log-probability / length ^ POWER is compared; 0 likes short ones (default: 1)")
    private Optional<Double> lengthPenalty = Optional.empty();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "with --nucleus: below 1 less varied, above more (default: 1)")
    private Optional<Double> temperature = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "with --nucleus: draws the same words again (default: 0)")
    private Optional<Long> seed = Optional.empty();

    /** One of the three. */
    static final class Way {
        @Option(
                names = "--beams",
                paramLabel = "N",
                required = true,
                description = "beginnings kept in beam search (default: 5)")
        private Optional<Integer> beams = Optional.empty();

        @Option(names = "--greedy", required = true, description = "the most probable word each time")
        private boolean greedy;

        @Option(
                names = "--nucleus",
                paramLabel = "SHARE",
                required = true,
                description = "draw from the most probable words that together have this share of the probability")
        private Optional<Double> nucleus = Optional.empty();
    }

    Decoding decoding() {
        boolean searches = !way.greedy && way.nucleus.isEmpty();
        belongs("--length-penalty", lengthPenalty.isPresent(), "--beams", searches);
        belongs("--temperature", temperature.isPresent(), "--nucleus", way.nucleus.isPresent());
        belongs("--seed", seed.isPresent(), "--nucleus", way.nucleus.isPresent());
        if (way.greedy) {
            return new Decoding.Greedy();
        }
        return way.nucleus
                .<Decoding>map(share -> new Decoding.Nucleus(share, temperature.orElse(1.0), seed.orElse(0L)))
                .orElseGet(() -> new Decoding.Beam(
                        way.beams.orElse(USUAL.beams()), lengthPenalty.orElse(USUAL.lengthPenalty())));
    }

    private static void belongs(String option, boolean given, String other, boolean taken) {
        if (given && !taken) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted " + option + " with " + other + " only; leave it out");
        }
    }
}
