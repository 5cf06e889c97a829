package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by processes of their own, which meet over sockets of this machine. */
class DistributedTrainingTest {
    private static final int MOST_SECONDS = 300;

    @TempDir
    private Path folder;

    private List<Integer> launch(String name, int ranks, int batch, int patience, RankProgram.Fate fate)
            throws IOException, InterruptedException {
        return launch(name, ranks, batch, patience, fate, ComputeConfig.Kept.ALL);
    }

    /** Runs all ranks to their ends, and gives their exit codes. */
    private List<Integer> launch(
            String name, int ranks, int batch, int patience, RankProgram.Fate fate, ComputeConfig.Kept kept)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<Process> processes = new ArrayList<>();
        try {
            for (int rank = 0; rank < ranks; rank++) {
                ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RankProgram.class.getName(),
                        folder.resolve(name).toString(),
                        Integer.toString(batch),
                        Integer.toString(patience),
                        fate.name(),
                        kept.name());
                if (ranks > 1) {
                    builder.environment()
                            .putAll(Map.of(
                                    "RANK", Integer.toString(rank),
                                    "WORLD_SIZE", Integer.toString(ranks),
                                    "MASTER_ADDR", "127.0.0.1",
                                    "MASTER_PORT", Integer.toString(port)));
                }
                builder.redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolve(name + "-" + rank + ".out").toFile());
                processes.add(builder.start());
            }
            boolean hangs = fate == RankProgram.Fate.HANGS;
            List<Integer> codes = new ArrayList<>();
            for (Process process : hangs ? processes.subList(0, ranks - 1) : processes) {
                assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
                codes.add(process.exitValue());
            }
            return codes;
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private List<String> losses(String name, int rank) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("losses-" + rank));
    }

    /** The numbers of "1 {LOCALIZATION=0.5, ...}". */
    private static double[] numbers(String line) {
        String inside = line.substring(line.indexOf('{') + 1, line.indexOf('}'));
        return Arrays.stream(inside.split(", "))
                .mapToDouble(term -> Double.parseDouble(term.substring(term.indexOf('=') + 1)))
                .toArray();
    }

    @Test
    void oneTwoAndFourRanksHaveTheSameLosses() throws IOException, InterruptedException {
        assertThat(launch("one", 1, 4, 60, RankProgram.Fate.NONE)).containsOnly(0);
        assertThat(launch("two", 2, 2, 60, RankProgram.Fate.NONE)).containsOnly(0);
        assertThat(launch("four", 4, 1, 60, RankProgram.Fate.NONE)).containsOnly(0);
        List<String> one = losses("one", 0);
        assertThat(one).hasSize(5);
        assertThat(one.get(0)).contains("LOCALIZATION", "WORD_ALIGNMENT", "INTER_IMAGE", "MASKED_WORDS");
        assertThat(losses("two", 1)).isEqualTo(losses("two", 0));
        assertClose(losses("two", 0), one, 2e-4);
        assertClose(losses("four", 0), one, 2e-4);
    }

    private static void assertClose(List<String> got, List<String> expected, double relative) {
        assertThat(got).hasSameSizeAs(expected);
        for (int step = 0; step < expected.size(); step++) {
            double[] wanted = numbers(expected.get(step));
            double[] numbers = numbers(got.get(step));
            for (int term = 0; term < wanted.length; term++) {
                assertThat(numbers[term])
                        .as(expected.get(step))
                        .isCloseTo(wanted[term], within(relative * Math.abs(wanted[term])));
            }
        }
    }

    @Test
    void ranksThatComputePartsAgainHaveTheSameLossesAndResume() throws IOException, InterruptedException {
        ComputeConfig.Kept boundaries = ComputeConfig.Kept.BOUNDARIES;
        assertThat(launch("kept", 2, 2, 60, RankProgram.Fate.NONE)).containsOnly(0);
        assertThat(launch("again", 2, 2, 60, RankProgram.Fate.DIES, boundaries)).containsExactly(2, 9);
        assertClose(losses("again", 0), losses("kept", 0).subList(0, 3), 1e-5);

        Files.delete(folder.resolve("again/losses-0"));
        assertThat(launch("again", 2, 2, 60, RankProgram.Fate.NONE, boundaries)).containsOnly(0);
        assertClose(losses("again", 0), losses("kept", 0).subList(2, 5), 1e-5);
    }

    @Test
    void aRankThatDiesEndsTheOthersAndTheRunGoesOnFromItsCheckpoint() throws IOException, InterruptedException {
        assertThat(launch("whole", 2, 2, 60, RankProgram.Fate.NONE)).containsOnly(0);
        assertThat(launch("killed", 2, 2, 60, RankProgram.Fate.DIES)).containsExactly(2, 9);
        assertThat(folder.resolve("killed/error-0"))
                .content()
                .contains("RANK_LOST", "rank 1 without a sign of life", "goes on from the last checkpoint");

        Files.delete(folder.resolve("killed/losses-0"));
        assertThat(launch("killed", 2, 2, 60, RankProgram.Fate.NONE)).containsOnly(0);
        assertThat(losses("killed", 0)).isEqualTo(losses("whole", 0).subList(2, 5));

        assertThat(launch("killed", 1, 2, 60, RankProgram.Fate.NONE)).containsOnly(2);
        assertThat(folder.resolve("killed/error-0"))
                .content()
                .contains("CHECKPOINT_MISMATCH", "ranks 1, got one with 2");
    }

    @Test
    void aRankThatHangsIsNamed() throws IOException, InterruptedException {
        assertThat(launch("stuck", 2, 2, 15, RankProgram.Fate.HANGS)).containsExactly(2);
        assertThat(folder.resolve("stuck/error-0")).content().contains("RANK_LOST", "rank 1 hanging");
    }
}
