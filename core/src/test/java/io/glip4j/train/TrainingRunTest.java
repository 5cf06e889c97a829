package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.OneThread;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.NegativeSampling;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.BertConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.ModelHeader;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.loss.LossTerm;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on files: a minuscule network learns the names of coloured rectangles. */
@ExtendWith(OneThread.class)
class TrainingRunTest {
    private static final int SIDE = 96;
    private static final int PICTURES = 4;
    private static final int STEPS = 40;
    private static final Map<String, Color> COLOURS =
            new TreeMap<>(Map.of("red car", Color.RED, "sky", Color.BLUE, "tree", Color.GREEN));
    private static final GlipConfig MINUSCULE = new GlipConfig(
            "minuscule",
            new ImageConfig(SIDE, SIDE, 32),
            new SwinConfig(SwinConfig.Version.V1, 24, List.of(1, 1, 1, 1), List.of(1, 2, 4, 8), 7, false, 0.1),
            new BertConfig(30_522, 24, 1, 2, 48, 512, 256),
            new FusionConfig(2, 32, 8, 32, 4, 0.1),
            PostProcessConfig.PUBLISHED,
            Set.of());

    @TempDir
    private Path folder;

    private void makeData() throws IOException {
        Random random = new Random(5);
        List<String> images = new ArrayList<>();
        List<String> annotations = new ArrayList<>();
        for (int id = 1; id <= PICTURES; id++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            int category = 1;
            for (Color colour : COLOURS.values()) {
                int x = random.nextInt(SIDE / 2);
                int y = random.nextInt(SIDE / 2);
                int size = 24 + random.nextInt(20);
                graphics.setColor(colour);
                graphics.fillRect(x, y, size, size);
                annotations.add(String.format(
                        "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": [%d, %d, %d, %d]}",
                        annotations.size() + 1, id, category++, x, y, size, size));
            }
            graphics.dispose();
            ImageIO.write(picture, "png", folder.resolve(id + ".png").toFile());
            images.add(String.format(
                    "{\"id\": %d, \"file_name\": \"%d.png\", \"width\": %d, \"height\": %d}", id, id, SIDE, SIDE));
        }
        List<String> categories = new ArrayList<>();
        COLOURS.keySet()
                .forEach(name ->
                        categories.add(String.format("{\"id\": %d, \"name\": \"%s\"}", categories.size() + 1, name)));
        Files.writeString(
                folder.resolve("set.json"),
                "{\"images\": " + images + ", \"annotations\": " + annotations + ", \"categories\": " + categories
                        + "}");
    }

    @Test
    void theLossFalls() throws IOException {
        makeData();
        TrainConfig config = TrainConfig.published(STEPS)
                .withBatch(2, 1)
                .withSeed(3)
                .withCheckpoints(STEPS, 1)
                .withAugment(AugmentConfig.resizedTo(List.of(SIDE), SIDE))
                .withNegatives(new NegativeSampling(2, 1))
                .withSolver(SolverConfig.published(STEPS)
                        .withBaseRate(2e-3)
                        .withRateFactors(Map.of())
                        .withWarmup(4)
                        .withEmaDecay(0.5));
        TrainingRun run = new TrainingRun(
                List.of(DataSource.of(folder.resolve("set.json"), folder)), config, folder.resolve("run"));
        List<StepReport> reports = new ArrayList<>();
        List<Long> nativeObjects = new ArrayList<>();
        TrainingListener log = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                reports.add(report);
                System.gc();
                nativeObjects.add(Pointer.totalCount());
            }
        };
        Path file = folder.resolve("model.safetensors");
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7);
                EventFile events = EventFile.in(folder.resolve("events"))) {
            TrainingRun.Network network =
                    new TrainingRun.Network(MINUSCULE, new GlipModel(parameters, MINUSCULE), parameters, tokenizer);
            List<TrainingListener> listeners = List.of(
                    log, new TensorBoardListener(events), new JsonLinesListener(folder.resolve("log.jsonl"), 10));
            try (Trainer trainer = run.start(network, Optional.empty(), listeners)) {
                trainer.run();
                trainer.writeModel(
                        file,
                        ModelHeader.of(MINUSCULE, new String(tokenizer.definition(), StandardCharsets.UTF_8)),
                        Precision.FULL);
            }
        }
        assertThat(reports).hasSize(STEPS).allMatch(StepReport::moved);
        assertThat(nativeObjects.get(STEPS - 1)).isLessThanOrEqualTo(nativeObjects.get(2) + 10);
        assertThat(mean(reports.subList(STEPS - 5, STEPS), LossTerm.WORD_ALIGNMENT))
                .isLessThan(0.5 * mean(reports.subList(0, 5), LossTerm.WORD_ALIGNMENT));
        assertThat(mean(reports.subList(STEPS - 5, STEPS), LossTerm.LOCALIZATION))
                .isLessThan(0.9 * mean(reports.subList(0, 5), LossTerm.LOCALIZATION));
        assertThat(Files.readAllLines(folder.resolve("log.jsonl"))).hasSize(STEPS / 10);
        assertThat(folder.resolve("run/checkpoint-0000040.safetensors")).exists();
        try (ModelFile model = ModelFile.open(file);
                Parameters reloaded = Parameters.uninitialized()) {
            GlipModel again = new GlipModel(reloaded, model.config());
            model.load(reloaded, Map.of());
            assertThat(again).isNotNull();
            assertThat(Tensors.toFloats(Objects.requireNonNull(reloaded.byName().get("rpn.head.bbox_pred.weight"))))
                    .isNotEmpty();
        }
    }

    private static double mean(List<StepReport> reports, LossTerm term) {
        return reports.stream()
                .mapToDouble(report -> report.losses().getOrDefault(term, Double.NaN))
                .average()
                .orElseThrow();
    }
}
