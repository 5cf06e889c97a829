package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.OneThread;
import io.glip4j.SmallNetworks;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.Mixture;
import io.glip4j.data.NegativeSampling;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureExamples;
import io.glip4j.geometry.Polygons;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.inference.Grounder;
import io.glip4j.inference.Segmenter;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.output.Segment;
import io.glip4j.torch.Device;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.LossTerm;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A small network learns the outlines of a triangle (polygons) and a ring (run lengths) from a COCO file. */
@ExtendWith(OneThread.class)
class MaskTrainingTest {
    private static final int SIDE = 64;
    private static final int STEPS = 60;
    private static final double[] TRIANGLE = {32, 10, 58, 56, 6, 56};
    private static final GlipConfig NETWORK = SmallNetworks.learner(SIDE, Set.of(GlipConfig.Head.MASK));

    @TempDir
    private Path folder;

    private static RunLengthMask ring() {
        boolean[] pixels = new boolean[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double radius = Math.hypot(x - 31.5, y - 31.5);
                pixels[y * SIDE + x] = radius < 26 && radius > 12;
            }
        }
        return RunLengthMask.ofPixels(SIDE, SIDE, pixels);
    }

    private static RunLengthMask triangle() {
        return new Polygons(List.of(TRIANGLE)).toMask(SIDE, SIDE);
    }

    private void draw(String name, RunLengthMask mask, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        boolean[] pixels = mask.pixels();
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i]) {
                image.setRGB(i % SIDE, i / SIDE, colour.getRGB());
            }
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private CocoDataset shapes(String outlineOfTheRing) throws IOException {
        draw("triangle.png", triangle(), Color.RED);
        draw("ring.png", ring(), Color.BLUE);
        Path file = folder.resolve("shapes.json");
        Files.writeString(file, """
                {"images": [{"id": 1, "file_name": "triangle.png", "width": 64, "height": 64},
                            {"id": 2, "file_name": "ring.png", "width": 64, "height": 64}],
                 "categories": [{"id": 1, "name": "triangle"}, {"id": 2, "name": "ring"}],
                 "annotations": [
                   {"id": 1, "image_id": 1, "category_id": 1, "bbox": [6, 10, 52, 46], "iscrowd": 0, "area": 1196,
                    "segmentation": [[32, 10, 58, 56, 6, 56]]},
                   {"id": 2, "image_id": 2, "category_id": 2, "bbox": [6, 6, 52, 52], "iscrowd": 0, "area": 1600,
                    "segmentation": %s}]}
                """.formatted(outlineOfTheRing));
        return CocoDataset.openWithOutlines(file, folder, new BadRecordLog(BadRecords.REFUSE));
    }

    private static String json(RunLengthMask mask) {
        return "{\"size\": [%d, %d], \"counts\": \"%s\"}"
                .formatted(mask.height(), mask.width(), mask.encode().replace("\\", "\\\\"));
    }

    private static TrainConfig config(List<String> frozen, double flips) {
        AugmentConfig plain = AugmentConfig.onlyResized(SIDE, SIDE);
        return TrainConfig.published(STEPS)
                .withBatch(2, 1)
                .withSeed(3)
                .withCheckpoints(STEPS, 1)
                .withAugment(flips > 0 ? plain.withFlip(flips) : plain)
                .withNegatives(new NegativeSampling(1, 1))
                .withLosses(List.of(ExtraLoss.MASKS))
                .withSolver(SolverConfig.published(STEPS)
                        .withBaseRate(3e-3)
                        .withRateFactors(Map.of())
                        .withWarmup(4)
                        .withMilestones(List.of())
                        .withFrozen(frozen)
                        .withEmaDecay(0));
    }

    private List<StepReport> train(
            GlipModel model, Parameters parameters, Tokenizer tokenizer, TrainConfig config, CocoDataset data) {
        List<StepReport> reports = new ArrayList<>();
        TrainingListener log = new TrainingListener() {
            @Override
            public void step(StepReport report) {
                reports.add(report);
            }
        };
        PictureExamples maker = new PictureExamples(
                config.augment(), config.negatives(), OtherWords.NONE, OtherCaptions.NONE, tokenizer, 48);
        try (Trainer trainer = new Trainer(
                parameters,
                new PretrainingObjective(NETWORK, model, tokenizer, config.losses(), Ranks.ALONE),
                Mixture.of(data),
                maker,
                config,
                folder.resolve("run"),
                Optional.empty(),
                List.of(log),
                Ranks.ALONE)) {
            trainer.run();
        }
        return reports;
    }

    @Test
    void learnsBoxesAndMasksTogether() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7)) {
            GlipModel model = new GlipModel(parameters, NETWORK);
            train(model, parameters, tokenizer, config(List.of(), 0.5), shapes(json(ring())));
            Segmenter segmenter = new Segmenter(model, NETWORK, new Grounder(model, NETWORK, tokenizer, Device.CPU));
            assertThat(overlap(segmenter, "triangle", triangle())).isGreaterThan(0.75);
            assertThat(overlap(segmenter, "ring", ring())).isGreaterThan(0.75); // a filled box would have 0.58
        }
    }

    private double overlap(Segmenter segmenter, String name, RunLengthMask truth) {
        Picture picture = PictureReader.DEFAULT.read(folder.resolve(name + ".png"));
        Segment best = segmenter
                .segment(picture, Prompt.classes(List.of("triangle", "ring")), 0)
                .segments()
                .get(0);
        assertThat(best.detection().phrase()).isEqualTo(name);
        return best.mask().overlap(truth, false);
    }

    @Test
    void asASecondStageOnlyTheMaskHeadMoves() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7)) {
            GlipModel model = new GlipModel(parameters, NETWORK);
            Map<String, float[]> before = values(parameters);
            List<StepReport> reports = train(
                    model,
                    parameters,
                    tokenizer,
                    config(List.of("backbone.", "language_backbone.", "rpn."), 0),
                    shapes(json(ring())));
            values(parameters)
                    .forEach((name, now) -> assertThat(Arrays.equals(now, before.get(name)))
                            .as(name)
                            .isEqualTo(!name.startsWith("roi_heads.mask.")));
            double first = reports.get(0).losses().getOrDefault(LossTerm.MASKS, Double.NaN);
            double last = reports.get(STEPS - 1).losses().getOrDefault(LossTerm.MASKS, Double.NaN);
            assertThat(last).isLessThan(0.7 * first);
        }
    }

    private static Map<String, float[]> values(Parameters parameters) {
        Map<String, float[]> values = new HashMap<>();
        try (TensorScope scope = TensorScope.withoutGradient()) {
            parameters.byName().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
        }
        return values;
    }

    @Test
    void badOutlinesAreNamed() {
        refused("{\"size\": [32, 64], \"counts\": [2048]}", "wanted a mask of its picture's size");
        refused("[[0, 0, 1e9, 0, 5, 5]]", "wanted a polygon on its picture of 64 x 64, got the corner 1.0E9, 0.0");
        refused("[]", "at least one polygon");
        refused("{\"size\": [64, 64], \"counts\": [1, 2]}", "add up to the 4096 pixels");
    }

    private void refused(String outline, String said) {
        assertThatThrownBy(() -> shapes(outline))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("annotation")
                .hasMessageContaining(said);
    }

    @Test
    void anObjectWithoutOutlineIsRefusedWhereMasksAreLearned() throws IOException {
        shapes(json(ring()));
        Path file = folder.resolve("boxes.json");
        Files.writeString(
                file,
                Files.readString(folder.resolve("shapes.json"))
                        .replace("\"segmentation\": [[32, 10, 58, 56, 6, 56]]", "\"iscrowd\": 0"));
        assertThatThrownBy(() -> CocoDataset.openWithOutlines(file, folder, new BadRecordLog(BadRecords.REFUSE)))
                .hasMessageContaining("annotation 1: wanted the field segmentation");
    }
}
