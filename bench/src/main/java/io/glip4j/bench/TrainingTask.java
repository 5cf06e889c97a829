package io.glip4j.bench;

import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.model.TextBatch;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.train.loss.AtssAssigner;
import io.glip4j.train.loss.PictureTruth;
import io.glip4j.train.loss.Positives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Made-up pictures with a few boxes, each named by two words of a made-up prompt; the same for every contender.
 *
 * @param first number of its first picture, where it is a part of a larger task
 */
record TrainingTask(Input input, int first, List<PictureTruth> truths) {
    private static final long SEED = 1;
    private static final int BOXES = 5;
    private static final int TOKENS_OF_BOX = 2;
    private static final int FINEST_STRIDE = 8;
    private static final int LEVELS = 5;
    private static final int FIRST_WORD = 1_000;

    static TrainingTask of(Input input) {
        Random random = new Random(SEED);
        return new TrainingTask(
                input,
                0,
                IntStream.range(0, input.pictures())
                        .mapToObj(picture -> truth(input, random))
                        .toList());
    }

    /** The pictures of one of several ranks, of which each has as many. */
    TrainingTask part(int rank, int ranks) {
        int pictures = input.pictures() / ranks;
        int from = rank * pictures;
        return new TrainingTask(
                new Input(pictures, input.height(), input.width(), input.tokens(), input.threads()),
                from,
                truths.subList(from, from + pictures));
    }

    private static PictureTruth truth(Input input, Random random) {
        List<BoxXyxy> boxes = new ArrayList<>();
        List<List<Integer>> tokens = new ArrayList<>();
        for (int box = 0; box < BOXES; box++) {
            double width = input.width() * random.nextDouble(0.1, 0.6);
            double height = input.height() * random.nextDouble(0.1, 0.6);
            double x = random.nextDouble(0, input.width() - width);
            double y = random.nextDouble(0, input.height() - height);
            boxes.add(new BoxXyxy(x, y, x + width, y + height));
            int first = 1 + TOKENS_OF_BOX * box;
            tokens.add(List.of(first, first + 1));
        }
        return new PictureTruth(boxes, tokens);
    }

    /** (N, 3, H, W), as preprocessing would leave pictures. */
    Tensor images() {
        torch.manual_seed(SEED);
        return torch.randn(first + input.pictures(), 3, input.height(), input.width())
                .narrow(0, first, input.pictures());
    }

    /** (N, T) without padding. */
    TextBatch text() {
        long[] ids = new long[input.pictures() * input.tokens()];
        Arrays.setAll(ids, i -> FIRST_WORD + i % input.tokens());
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        return new TextBatch(
                Tensors.of(ids, input.pictures(), input.tokens()), Tensors.of(mask, input.pictures(), input.tokens()));
    }

    /** Writes pictures, prompt and the anchors that answer for boxes, which the peer does not choose itself. */
    void write(Path target) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Positives positives = Positives.of(AtssAssigner.PUBLISHED, anchors(), truths);
            int count = positives.count();
            long[] rows = new long[count];
            float[] wanted = new float[count * input.tokens()];
            for (int i = 0; i < count; i++) {
                rows[i] = (long) positives.picture(i) * anchors().count() + positives.anchor(i);
                for (int token : truths.get(positives.picture(i)).tokens().get(positives.box(i))) {
                    wanted[i * input.tokens() + token] = 1;
                }
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("images", images());
            tensors.put("ids", text().tokenIds());
            tensors.put("rows", Tensors.of(rows, count));
            tensors.put("anchors", Tensors.of(positives.anchorsXyxy(), count, 4));
            tensors.put("boxes", Tensors.of(positives.boxesXyxy(), count, 4));
            tensors.put("centerness", Tensors.of(positives.centerness(), count));
            tensors.put("wanted", Tensors.of(wanted, count, input.tokens()));
            try (StateDict content = StateDict.of("the made-up task", tensors)) {
                SafetensorsWriter.write(target, content, Map.of(), Precision.FULL);
            }
        }
    }

    private Anchors anchors() {
        return new Anchors(IntStream.range(0, LEVELS)
                .map(level -> FINEST_STRIDE << level)
                .mapToObj(stride ->
                        new Anchors.LevelSize(positions(input.height(), stride), positions(input.width(), stride)))
                .toList());
    }

    private static int positions(long pixels, int stride) {
        return Math.toIntExact((pixels + stride - 1) / stride);
    }
}
