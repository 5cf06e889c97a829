package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.distributed.ProcessRanks;
import io.glip4j.torch.distributed.RankPlace;
import io.glip4j.torch.distributed.Ranks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Steps of a nano on the same four pictures by one, two and four processes of this machine, one arrangement after the
 * other and all of them in each round; prints a Markdown table of the seconds and of how well the cores were used.
 */
public final class RankReport {
    private static final String USAGE = "usage: bench/train ranks [ROUNDS], default: 2";
    private static final Input TASK = new Input(4, 384, 640, 48, 1);
    private static final String THIS_MACHINE = "127.0.0.1";
    /** Before the numbers of a step: the process group talks, too. */
    private static final String STEP = "step ";

    private static final int WARM_UP = 2;
    private static final int STEPS = 6;

    /** How many processes share the pictures, and the threads of each; the first is what others are held against. */
    private record Arrangement(int ranks, int threads) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%d of %d pictures, %d threads each", ranks, TASK.pictures() / ranks, threads);
        }

        /** Cores that have work. */
        int cores() {
            return Math.min(ranks * threads, Runtime.getRuntime().availableProcessors());
        }
    }

    private static final List<Arrangement> ARRANGEMENTS =
            List.of(new Arrangement(1, 1), new Arrangement(1, 2), new Arrangement(2, 1), new Arrangement(4, 1));

    private RankReport() {}

    /** As a rank, where the environment names one; else what starts them all. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 1) {
            System.err.println(USAGE);
            System.exit(2);
        }
        RankPlace.from(System.getenv()).ifPresentOrElse(RankReport::train, () -> compare(arguments));
    }

    /** The first rank prints seconds and loss of each step. */
    private static void train(RankPlace place) {
        TorchRuntime.setThreads(Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1")));
        TrainingTask part = TrainingTask.of(TASK).part(place.rank(), place.count());
        try (Ranks ranks = ProcessRanks.join(place);
                TrainingContender rank = new TrainingContender(GlipConfig.preset("nano"), part, ranks)) {
            for (int step = 0; step < WARM_UP + STEPS; step++) {
                TrainingContender.Step taken = rank.step(new Series());
                if (place.rank() == 0) {
                    System.out.println(STEP + taken.seconds() + " " + taken.loss());
                }
            }
        }
    }

    private static void compare(String[] arguments) {
        int rounds = arguments.length == 0 ? 2 : Integer.parseInt(arguments[0]);
        Series seconds = new Series();
        Series losses = new Series();
        for (int round = 1; round <= rounds; round++) {
            for (Arrangement arrangement : ARRANGEMENTS) {
                List<TrainingContender.Step> steps = run(arrangement);
                String name = arrangement.toString();
                steps.subList(WARM_UP, steps.size()).forEach(step -> seconds.add(name, step.seconds()));
                losses.add(name, steps.get(steps.size() - 1).loss());
                System.err.printf(Locale.ROOT, "round %d of %d, %s: %s%n", round, rounds, name, steps);
            }
        }
        print(seconds, losses);
    }

    private static List<TrainingContender.Step> run(Arrangement arrangement) {
        List<Process> processes = new ArrayList<>();
        try {
            int port = freePort();
            for (int rank = 0; rank < arrangement.ranks(); rank++) {
                processes.add(start(arrangement, rank, port));
            }
            List<TrainingContender.Step> steps = processes
                    .get(0)
                    .inputReader(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(STEP))
                    .map(line -> line.substring(STEP.length()).split(" ", -1))
                    .map(pair -> new TrainingContender.Step(Double.parseDouble(pair[0]), Double.parseDouble(pair[1])))
                    .toList();
            if (steps.size() != WARM_UP + STEPS) {
                throw new IllegalStateException("wanted " + (WARM_UP + STEPS) + " steps, got " + steps.size());
            }
            return steps;
        } catch (IOException e) {
            throw new IllegalStateException(arrangement + ": could not start", e);
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As {@code glip launch} starts it. */
    private static Process start(Arrangement arrangement, int rank, int port) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), RankReport.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "RANK", Integer.toString(rank),
                        "WORLD_SIZE", Integer.toString(arrangement.ranks()),
                        "MASTER_ADDR", THIS_MACHINE,
                        "MASTER_PORT", Integer.toString(port),
                        "OMP_NUM_THREADS", Integer.toString(arrangement.threads()),
                        "OMP_WAIT_POLICY", "passive"));
        return builder.start();
    }

    private static void print(Series seconds, Series losses) {
        double alone = seconds.spread(ARRANGEMENTS.get(0).toString()).median();
        System.out.printf(
                "nano, 4 pictures of %d x %d a step, %d tokens%n%n", TASK.height(), TASK.width(), TASK.tokens());
        System.out.println("| ranks | s a step: minimum | median | maximum | times as fast | cores used for |"
                + " loss of step " + (WARM_UP + STEPS) + " |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Arrangement arrangement : ARRANGEMENTS) {
            String name = arrangement.toString();
            Series.Spread spread = seconds.spread(name);
            double faster = alone / spread.median();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %.0f %% | %.6f |%n",
                    name,
                    spread.min(),
                    spread.median(),
                    spread.max(),
                    faster,
                    100 * faster / arrangement.cores(),
                    losses.spread(name).median());
        }
    }
}
