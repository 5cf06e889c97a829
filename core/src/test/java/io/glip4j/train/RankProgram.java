package io.glip4j.train;

import io.glip4j.GlipException;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.Caption;
import io.glip4j.data.ExampleMaker;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.Mixture;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PromptClasses;
import io.glip4j.data.TrainingExample;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.BertConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.distributed.ProcessRanks;
import io.glip4j.torch.distributed.RankPlace;
import io.glip4j.torch.distributed.Ranks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One rank of a small pre-training run with all four losses, as a process that {@link DistributedTrainingTest} starts. */
final class RankProgram {
    /** At which step which rank does what. */
    enum Fate {
        NONE,
        DIES,
        HANGS
    }

    private static final int SIDE = 64;
    private static final int STEPS = 5;
    private static final int FATAL_STEP = 3;
    private static final String PROMPT = "red car. blue sky. green tree";
    private static final GlipConfig MINUSCULE = new GlipConfig(
            "minuscule",
            new ImageConfig(SIDE, SIDE, 32),
            new SwinConfig(SwinConfig.Version.V1, 24, List.of(1, 1, 1, 1), List.of(1, 2, 4, 8), 7, false, 0),
            new BertConfig(30_522, 24, 1, 2, 48, 512, 256),
            new FusionConfig(1, 32, 8, 32, 4, 0),
            PostProcessConfig.PUBLISHED,
            EnumSet.of(GlipConfig.Head.INTER_IMAGE, GlipConfig.Head.MASKED_WORDS));

    private RankProgram() {}

    /** Folder, pictures a rank, seconds of patience, fate of the last rank, what is kept of a forward pass. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int batch = Integer.parseInt(arguments[1]);
        Duration patience = Duration.ofSeconds(Long.parseLong(arguments[2]));
        TorchRuntime.setThreads(1);
        Optional<RankPlace> place = RankPlace.from(System.getenv())
                .map(found -> new RankPlace(found.rank(), found.count(), found.host(), found.port(), patience));
        try (Ranks ranks = place.map(ProcessRanks::join).orElse(Ranks.ALONE)) {
            boolean last = ranks.count() > 1 && ranks.rank() == ranks.count() - 1;
            ComputeConfig compute =
                    new ComputeConfig(ComputeConfig.Numbers.FLOAT32, ComputeConfig.Kept.valueOf(arguments[4]));
            train(folder, batch, compute, ranks, last ? Fate.valueOf(arguments[3]) : Fate.NONE);
        } catch (GlipException e) {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("error-" + place.map(RankPlace::rank).orElse(0)), e.code() + ": " + e.getMessage());
            Runtime.getRuntime().halt(2);
        }
    }

    private static void train(Path folder, int batch, ComputeConfig compute, Ranks ranks, Fate fate)
            throws IOException {
        Files.createDirectories(folder);
        TrainConfig config = TrainConfig.published(STEPS)
                .withBatch(batch, 1)
                .withSeed(4)
                .withCompute(compute)
                .withCheckpoints(2, 2)
                .withAugment(AugmentConfig.onlyResized(SIDE, SIDE))
                .withLosses(List.of(ExtraLoss.INTER_IMAGE, ExtraLoss.MASKED_WORDS))
                .withSolver(SolverConfig.published(STEPS)
                        .withBaseRate(1e-3)
                        .withRateFactors(Map.of())
                        .withWarmup(0));
        TrainingListener log = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                write(folder.resolve("losses-" + ranks.rank()), report.stepsDone() + " " + report.losses() + "\n");
                if (report.stepsDone() == FATAL_STEP && fate == Fate.DIES) {
                    Runtime.getRuntime().halt(9);
                }
                if (report.stepsDone() == FATAL_STEP && fate == Fate.HANGS) {
                    sleepForever();
                }
            }
        };
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7 + ranks.rank())) { // rank 0's count
            TokenizedText tokens = tokenizer.encode(PROMPT);
            GlipModel model = new GlipModel(parameters, MINUSCULE);
            Objective objective = new PretrainingObjective(MINUSCULE, model, tokenizer, config.losses(), ranks);
            try (Trainer trainer = new Trainer(
                    parameters,
                    objective,
                    Mixture.of(new Numbered()),
                    examples(tokens),
                    config,
                    folder.resolve("run"),
                    Optional.empty(),
                    List.of(log),
                    ranks)) {
                trainer.run();
            }
        }
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleepForever() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExampleMaker examples(TokenizedText tokens) {
        return (sample, random) -> {
            byte[] pixels = new byte[3 * SIDE * SIDE];
            IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) random.nextInt(256));
            int objects = random.nextInt(3);
            List<Integer> starts = IntStream.range(0, objects)
                    .mapToObj(i -> random.nextInt(SIDE / 2))
                    .toList();
            List<Integer> words =
                    starts.stream().map(start -> 1 + random.nextInt(2)).toList();
            return new TrainingExample(
                    sample,
                    new Picture(SIDE, SIDE, pixels),
                    starts.stream()
                            .map(at -> new BoxXyxy(at, at, at + 24, at + 20))
                            .toList(),
                    PROMPT,
                    List.of(tokens),
                    words.stream().map(List::of).toList(),
                    new PromptClasses(words.stream().map(Integer::longValue).toList(), Map.of(1, 1L, 2, 2L)),
                    List.of());
        };
    }

    private static final class Numbered implements GroundingDataset {
        @Override
        public String name() {
            return "numbered";
        }

        @Override
        public int size() {
            return 12;
        }

        @Override
        public GroundingSample sample(int index) {
            return new GroundingSample(
                    name(),
                    new PictureFile(Path.of("p" + index)),
                    SIDE,
                    SIDE,
                    List.of(),
                    new Caption(PROMPT, List.of()));
        }
    }
}
