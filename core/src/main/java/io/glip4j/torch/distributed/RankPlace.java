package io.glip4j.torch.distributed;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of several processes this is and where they meet.
 *
 * @param rank 0..count-1
 * @param host of rank 0, by name or address
 * @param port that rank 0 listens on
 * @param patience how long a rank waits for another in one exchange
 */
public record RankPlace(int rank, int count, String host, int port, Duration patience) {
    /** What the environment says, as other launchers set it too. */
    public static final List<String> VARIABLES = List.of("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT");

    /** Leaves time to find out who is missing within a minute. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(45);

    private static final int HIGHEST_PORT = 65_535;

    public RankPlace {
        check(count >= 1, "a WORLD_SIZE of at least 1", count);
        check(rank >= 0 && rank < count, "a RANK of 0.." + (count - 1), rank);
        check(!host.isBlank(), "a MASTER_ADDR", "'" + host + "'");
        check(port >= 1 && port <= HIGHEST_PORT, "a MASTER_PORT of 1.." + HIGHEST_PORT, port);
        check(!patience.isNegative() && !patience.isZero(), "a patience above 0", patience);
    }

    /** The place that {@link #VARIABLES} name; empty where none of them is set. */
    public static Optional<RankPlace> from(Map<String, String> environment) {
        List<String> missing = VARIABLES.stream()
                .filter(name -> !environment.containsKey(name))
                .toList();
        if (missing.size() == VARIABLES.size()) {
            return Optional.empty();
        }
        check(missing.isEmpty(), "all of " + VARIABLES + " in the environment", "none of " + missing);
        return Optional.of(new RankPlace(
                number(environment, "RANK"),
                number(environment, "WORLD_SIZE"),
                environment.getOrDefault("MASTER_ADDR", ""),
                number(environment, "MASTER_PORT"),
                USUAL_PATIENCE));
    }

    private static int number(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "");
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "ranks: wanted a whole number in " + name + ", got '" + text + "'", e);
        }
    }

    private static void check(boolean holds, String wanted, Object got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "ranks: wanted " + wanted + ", got " + got);
        }
    }
}
