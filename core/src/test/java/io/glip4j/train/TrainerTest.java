package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.OneThread;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.Caption;
import io.glip4j.data.ExampleMaker;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.Mixture;
import io.glip4j.data.PictureFile;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.Picture;
import io.glip4j.input.Span;
import io.glip4j.input.Token;
import io.glip4j.input.TokenizedText;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A two-layer network with dropout on made-up numbers: what matters here is the loop. */
@ExtendWith(OneThread.class)
class TrainerTest {
    private static final int WIDTH = 8;
    private static final TrainConfig CONFIG = TrainConfig.published(12)
            .withBatch(3, 2)
            .withSeed(21)
            .withDataThreads(2)
            .withCheckpoints(4, 2)
            .withAugment(AugmentConfig.onlyResized(10, 10))
            .withSolver(SolverConfig.published(12).withBaseRate(0.01).withWarmup(2));

    @TempDir
    private Path folder;

    private static class Numbers implements GroundingDataset {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public int size() {
            return 17;
        }

        @Override
        public GroundingSample sample(int index) {
            return new GroundingSample(
                    "numbers", new PictureFile(Path.of("p" + index)), 10, 10, List.of(), new Caption("a", List.of()));
        }
    }

    private static final ExampleMaker MAKER = (sample, random) -> new TrainingExample(
            sample,
            new Picture(1, 1, new byte[3]),
            List.of(),
            "a",
            new TokenizedText(random.ints(WIDTH, -3, 4)
                    .mapToObj(id -> new Token(id, new Span(0, 0)))
                    .toList()),
            List.of());

    private static final class Network implements Objective {
        private final Linear first;
        private final Linear second;
        private final boolean broken;

        Network(Parameters parameters, boolean broken) {
            this.first = Linear.withBias(parameters.at("first"), Initializer.normal(0.3), WIDTH, WIDTH);
            this.second = Linear.withBias(parameters.at("language_backbone"), Initializer.normal(0.3), WIDTH, 1);
            this.broken = broken;
        }

        @Override
        public Losses of(List<TrainingExample> batch, long seed) {
            float[] numbers = new float[batch.size() * WIDTH];
            float[] sums = new float[batch.size()];
            for (int n = 0; n < batch.size(); n++) {
                for (int i = 0; i < WIDTH; i++) {
                    numbers[n * WIDTH + i] = batch.get(n).tokens().ids().get(i);
                    sums[n] += Math.abs(numbers[n * WIDTH + i]);
                }
            }
            Tensor x = Tensors.of(numbers, batch.size(), WIDTH);
            Tensor hidden = torch.dropout(torch.relu(first.forward(x)), 0.1, true);
            Tensor error = second.forward(hidden).squeeze(1).sub(Tensors.of(sums, batch.size()));
            Tensor loss = error.square().mean();
            return new Losses(Map.of(LossTerm.LOCALIZATION, broken ? Tensors.times(loss, Double.NaN) : loss));
        }
    }

    private static final class Log implements TrainingListener {
        final List<Double> losses = new ArrayList<>();
        final List<Integer> starts = new ArrayList<>();
        final List<StepReport> reports = new ArrayList<>();
        final List<Integer> evaluations = new ArrayList<>();

        @Override
        public void started(int stepsDone, int steps) {
            starts.add(stepsDone);
        }

        @Override
        public void step(StepReport report) {
            losses.add(report.total());
            reports.add(report);
        }

        @Override
        public void evaluated(int stepsDone, Map<String, Double> numbers) {
            evaluations.add(stepsDone);
        }
    }

    /** Plays a run until {@code stopAfter} steps in all, and gives its losses and the weights at its end. */
    private Log play(TrainConfig config, String name, long initialSeed, int stopAfter, float[] weights) {
        Log log = new Log();
        try (Parameters parameters = Parameters.seeded(initialSeed)) {
            Network network = new Network(parameters, false);
            Trainer[] self = new Trainer[1];
            TrainingListener stopper = new TrainingListener() {
                @Override
                public void step(StepReport report) {
                    if (report.stepsDone() == stopAfter) {
                        self[0].requestStop();
                    }
                }
            };
            try (Trainer trainer = new Trainer(
                    parameters,
                    network,
                    Mixture.of(new Numbers()),
                    MAKER,
                    config,
                    folder.resolve(name),
                    Optional.of(steps -> Map.of("weight", (double) Tensors.toFloats(network.first.weight())[0])),
                    List.of(log, stopper),
                    Ranks.ALONE)) {
                self[0] = trainer;
                trainer.run();
            }
            System.arraycopy(Tensors.toFloats(network.first.weight()), 0, weights, 0, WIDTH);
        }
        return log;
    }

    @Test
    void resumesBitByBit() throws IOException {
        float[] whole = new float[WIDTH];
        float[] resumed = new float[WIDTH];
        Log uninterrupted = play(CONFIG, "whole", 1, 99, whole);
        assertThat(uninterrupted.losses).hasSize(12);

        // Killed after step 7: what it did after the checkpoint of step 4 is lost.
        Log killed = play(CONFIG, "killed", 1, 7, new float[WIDTH]);
        Files.delete(folder.resolve("killed").resolve("checkpoint-0000007.safetensors"));
        Log rest = play(CONFIG.withDataThreads(1), "killed", 99, 99, resumed);

        assertThat(killed.losses).isEqualTo(uninterrupted.losses.subList(0, 7));
        assertThat(rest.starts).containsExactly(4);
        assertThat(rest.losses).isEqualTo(uninterrupted.losses.subList(4, 12));
        assertThat(resumed).isEqualTo(whole);
        assertThat(files("whole")).containsExactly("checkpoint-0000008.safetensors", "checkpoint-0000012.safetensors");
        assertThat(Files.readAllBytes(folder.resolve("killed/checkpoint-0000012.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/checkpoint-0000012.safetensors")));
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void bringsTheLossDownAndReportsIt() {
        TrainConfig longer = CONFIG.withCheckpoints(1_000, 1).withEvaluation(50);
        TrainConfig config = new TrainConfig(
                150,
                longer.batchSize(),
                longer.accumulation(),
                longer.seed(),
                1,
                1_000,
                1,
                50,
                longer.solver().withMilestones(List.of()).withBaseRate(0.05),
                longer.augment(),
                longer.negatives(),
                longer.captions(),
                longer.losses(),
                longer.compute(),
                longer.taskWeights(),
                longer.hiddenSpans());
        Log log = play(config, "falls", 1, 999, new float[WIDTH]);
        assertThat(mean(log.losses.subList(120, 150))).isLessThan(0.3 * mean(log.losses.subList(0, 5)));
        assertThat(log.evaluations).containsExactly(50, 100, 150);
        StepReport last = log.reports.get(149);
        assertThat(last.pictures()).isEqualTo(6);
        assertThat(last.moved()).isTrue();
        assertThat(last.losses().get(LossTerm.LOCALIZATION)).isCloseTo(last.total(), within(1e-6));
        assertThat(last.waitSeconds()).isBetween(0.0, last.seconds());
        assertThat(last.rate()).isEqualTo(0.05);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void stopsWhenLossesAreNotFinite() {
        try (Parameters parameters = Parameters.seeded(1)) {
            Network network = new Network(parameters, true);
            float[] before = Tensors.toFloats(network.first.weight());
            Log log = new Log();
            try (Trainer trainer = new Trainer(
                    parameters,
                    network,
                    Mixture.of(new Numbers()),
                    MAKER,
                    CONFIG,
                    folder.resolve("broken"),
                    Optional.empty(),
                    List.of(log),
                    Ranks.ALONE)) {
                assertThatThrownBy(trainer::run)
                        .isInstanceOfSatisfying(
                                GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_DIVERGED))
                        .hasMessageContaining("11 of the last 50 steps")
                        .hasMessageContaining("diverged-11-rank-0.jsonl");
                assertThat(folder.resolve("broken/diverged-11-rank-0.jsonl"))
                        .content()
                        .contains("\"dataset\":\"numbers\"");
            }
            assertThat(log.reports).hasSize(11).noneMatch(StepReport::moved);
            assertThat(Tensors.toFloats(network.first.weight())).isEqualTo(before);
        }
    }

    @Test
    void refusesToResumeAnotherRun() {
        play(CONFIG, "run", 1, 4, new float[WIDTH]);
        assertThatThrownBy(() -> play(CONFIG.withSeed(22), "run", 1, 99, new float[WIDTH]))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                .hasMessageContaining("seed 22, got one with 21");
    }

    private void resumeWith(Mixture mixture) {
        try (Parameters parameters = Parameters.seeded(1);
                Trainer trainer = new Trainer(
                        parameters,
                        new Network(parameters, false),
                        mixture,
                        MAKER,
                        CONFIG,
                        folder.resolve("run"),
                        Optional.empty(),
                        List.of(),
                        Ranks.ALONE)) {
            assertThat(trainer.stepsDone()).isEqualTo(4);
        }
    }

    @Test
    void refusesToResumeWithAnotherMixture() {
        play(CONFIG, "run", 1, 4, new float[WIDTH]);
        resumeWith(Mixture.of(new Numbers()));

        assertThatThrownBy(() -> resumeWith(new Mixture(List.of(new Mixture.Part(new Numbers(), 2)))))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                .hasMessageContaining("data [numbers (17) x 2.0], got one with [numbers (17) x 1.0]")
                .hasMessageContaining("resume with the same settings");
        GroundingDataset relabelled = new Numbers() {
            @Override
            public GroundingSample sample(int index) {
                GroundingSample sample = super.sample(index);
                return new GroundingSample(
                        sample.dataset(), sample.picture(), 10, 10, List.of(), new Caption("b", List.of()));
            }
        };
        assertThatThrownBy(() -> resumeWith(Mixture.of(relabelled))).hasMessageContaining("a run with samples ");
    }

    @Test
    void keepsTheLastGoodCheckpointWhenTheNewOneCannotBeWritten() throws IOException {
        play(CONFIG, "run", 1, 4, new float[WIDTH]);
        byte[] good = Files.readAllBytes(folder.resolve("run/checkpoint-0000004.safetensors"));
        Files.createDirectories(folder.resolve("run/checkpoint-0000008.safetensors/in the way"));
        assertThatThrownBy(() -> play(CONFIG, "run", 1, 99, new float[WIDTH]))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANNOT_WRITE));
        assertThat(Arrays.equals(good, Files.readAllBytes(folder.resolve("run/checkpoint-0000004.safetensors"))))
                .isTrue();
    }
}
