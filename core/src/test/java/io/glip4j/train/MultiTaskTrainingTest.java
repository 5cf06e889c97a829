package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.OneThread;
import io.glip4j.SmallNetworks;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.Mixture;
import io.glip4j.data.NegativeSampling;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.PictureExamples;
import io.glip4j.data.SampleText;
import io.glip4j.data.SpanMasking;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.inference.Answerer;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.inference.Describer;
import io.glip4j.inference.Grounder;
import io.glip4j.input.Picture;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Task;
import io.glip4j.torch.Device;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.LossTerm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One small network learns, in the same steps, where a coloured square is, what colour it has and what to say of it. */
@ExtendWith(OneThread.class)
class MultiTaskTrainingTest {
    private static final int SIDE = 64;
    private static final int SQUARE = 36;
    private static final int STEPS = 100;
    private static final double DESCRIBE_WEIGHT = 0.5;
    /** Least losses of a network that sees no picture, where one colour of three is right. */
    private static final double ANSWERS_BLIND = 3 * Math.log(3) - 2 * Math.log(2);

    private static final double NEXT_WORDS_BLIND = Math.log(3) / 5;
    private static final List<String> COLOURS = List.of("red", "green", "blue");
    private static final int[][] PIXELS = {{230, 20, 20}, {20, 200, 20}, {20, 20, 230}};
    private static final GlipConfig NETWORK = SmallNetworks.learner(SIDE, Set.of(GlipConfig.Head.NEXT_WORD))
            .withAnswers(new AnswerVocabulary(List.of("red", "green", "blue", "yes")));

    @TempDir
    private Path folder;

    private static Picture square(int colour, int at) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        Arrays.fill(rgb, (byte) 128);
        for (int y = at; y < at + SQUARE; y++) {
            for (int x = at; x < at + SQUARE; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * SIDE + x) + c] = (byte) PIXELS[colour][c];
                }
            }
        }
        return new Picture(SIDE, SIDE, rgb);
    }

    /** Each colour in two places. */
    private record Squares(Task task, IntFunction<SampleText> words) implements GroundingDataset {
        @Override
        public String name() {
            return task.toString();
        }

        @Override
        public int size() {
            return 2 * COLOURS.size();
        }

        @Override
        public GroundingSample sample(int index) {
            int colour = index % COLOURS.size();
            int at = 4 + 16 * (index / COLOURS.size());
            SampleText text = words.apply(colour);
            List<BoxXyxy> boxes =
                    text.boxes() == 0 ? List.of() : List.of(new BoxXyxy(at, at, at + SQUARE - 1, at + SQUARE - 1));
            return new GroundingSample(name(), size -> square(colour, at), SIDE, SIDE, boxes, text);
        }
    }

    private static Mixture mixture() {
        return new Mixture(List.of(
                new Mixture.Part(new Squares(Task.GROUND, colour -> new ClassNames(COLOURS, List.of(colour))), 1),
                new Mixture.Part(
                        new Squares(
                                Task.ANSWER, colour -> AnsweredQuestion.of("what color is it?", COLOURS.get(colour))),
                        1),
                new Mixture.Part(
                        new Squares(
                                Task.DESCRIBE,
                                colour -> new PictureDescription("a " + COLOURS.get(colour) + " square.")),
                        1)));
    }

    private static TrainConfig config() {
        return TrainConfig.published(STEPS)
                .withBatch(6, 1)
                .withSeed(3)
                .withCheckpoints(STEPS, 1)
                .withAugment(AugmentConfig.onlyResized(SIDE, SIDE))
                .withNegatives(new NegativeSampling(2, 1))
                .withTaskWeights(new TaskWeights(Map.of(Task.DESCRIBE, DESCRIBE_WEIGHT)))
                .withSolver(SolverConfig.published(STEPS)
                        .withBaseRate(3e-3)
                        .withRateFactors(Map.of())
                        .withWarmup(4)
                        .withMilestones(List.of())
                        .withEmaDecay(0));
    }

    @Test
    void learnsAllTasksInOneRun() {
        List<StepReport> reports = new ArrayList<>();
        TrainingListener log = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                reports.add(report);
            }
        };
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7)) {
            GlipModel model = new GlipModel(parameters, NETWORK);
            Map<Task, Objective> objectives = new EnumMap<>(Task.class);
            objectives.put(Task.GROUND, new PretrainingObjective(NETWORK, model, tokenizer, List.of(), Ranks.ALONE));
            objectives.put(Task.ANSWER, new AnswerObjective(NETWORK, model));
            objectives.put(
                    Task.DESCRIBE,
                    new DescribeObjective(NETWORK, model, SpanMasking.published(0.2, tokenizer), Ranks.ALONE));
            TrainConfig config = config();
            PictureExamples maker = new PictureExamples(
                    config.augment(), config.negatives(), OtherWords.NONE, OtherCaptions.NONE, tokenizer, 48);
            try (Trainer trainer = new Trainer(
                    parameters,
                    new MultiTaskObjective(objectives, config.taskWeights()),
                    mixture(),
                    maker,
                    config,
                    folder,
                    Optional.empty(),
                    List.of(log),
                    Ranks.ALONE)) {
                trainer.run();
            }
            List<StepReport> early = reports.subList(0, 5);
            List<StepReport> late = reports.subList(STEPS - 5, STEPS);
            assertThat(mean(late, LossTerm.WORD_ALIGNMENT)).isLessThan(0.3 * mean(early, LossTerm.WORD_ALIGNMENT));
            assertThat(mean(late, LossTerm.LOCALIZATION)).isLessThan(0.8 * mean(early, LossTerm.LOCALIZATION));
            assertThat(mean(late, LossTerm.ANSWERS)).isLessThan(0.5 * ANSWERS_BLIND);
            assertThat(mean(late, LossTerm.NEXT_WORDS)).isLessThan(0.9 * DESCRIBE_WEIGHT * NEXT_WORDS_BLIND);
            Grounder grounder = new Grounder(model, NETWORK, tokenizer, Device.CPU);
            Answerer answerer = new Answerer(model, NETWORK, grounder);
            Describer describer = new Describer(model, NETWORK, tokenizer, Device.CPU, grounder);
            for (int colour = 0; colour < COLOURS.size(); colour++) {
                Picture picture = square(colour, 4);
                assertThat(answerer.answer(picture, "what color is it?").best().text())
                        .isEqualTo(COLOURS.get(colour));
                assertThat(describer
                                .describe(picture, DescribeOptions.DEFAULT.withGrounding(false))
                                .text())
                        .isEqualTo("a " + COLOURS.get(colour) + " square.");
            }
        }
    }

    private static double mean(List<StepReport> reports, LossTerm term) {
        return reports.stream()
                .mapToDouble(report -> report.losses().getOrDefault(term, Double.NaN))
                .average()
                .orElseThrow();
    }

    @Test
    void dataForATaskThatTheNetworkLacksIsRefused() {
        GlipConfig grounding = GlipConfig.preset("nano");
        try (Parameters parameters = Parameters.uninitialized()) {
            GlipModel model = new GlipModel(parameters, grounding);
            assertThatThrownBy(() -> new AnswerObjective(grounding, model))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("ANSWER")
                    .hasMessageContaining("[GROUND]");
            assertThatThrownBy(() -> new DescribeObjective(grounding, model, SpanMasking.NONE, Ranks.ALONE))
                    .hasMessageContaining("DESCRIBE");
        }
    }

    @Test
    void weightsMustWeigh() {
        assertThatThrownBy(() -> new TaskWeights(Map.of(Task.ANSWER, 0.0))).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new TaskWeights(Map.of(Task.ANSWER, Double.NaN)))
                .isInstanceOf(GlipException.class);
    }
}
