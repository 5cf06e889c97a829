package io.glip4j.train.words;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.Seeds;
import io.glip4j.model.CenterNetConfig;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.encoder.CenterNetEncoder;
import io.glip4j.model.head.WordAlignment;
import io.glip4j.pretrained.NanoStart;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.train.Solver;
import io.glip4j.train.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches the words of a nano that was not trained yet: "puppy" shall say of a picture what the CenterNet's heatmap says
 * of "dog", "lamp" nothing of what it knows. Distillation with soft targets (Hinton et al. 2015), for prompts of many
 * words, at two kinds of places: those of real pictures, and background to which evidence for one class was added.
 *
 * <p>Only the words' side moves, and the directions by which evidence enters the pyramid. A step costs a pass of the text
 * encoder, since what the image encoder says of the pictures is kept.
 */
public final class WordDistillation {
    private static final int PLACES = 300;
    private static final int STRONGEST = PLACES / 2;

    /** A head's logit for a class is the heatmap's and this, as a nano starts. */
    private static final double LOGIT_ABOVE_HEATMAP = 0.4;

    private static final double LEAST_DRAWN_LOGIT = -4;
    private static final double MOST_DRAWN_LOGIT = 3;

    /** Added to the sum of targets that a step's loss is divided by, for steps without any. */
    private static final double LEAST_TARGETS = 20;

    private static final long NO_REDUCTION = 0;

    private final TrainingRun.Network network;
    private final WordConfig config;
    private final int classes;
    private final Tensor meaning; // (R) channels where words and evidence meet
    private final Tensor evidenceWeight; // (C, in, 1, 1)

    private WordDistillation(TrainingRun.Network network, WordConfig config, int classes) {
        this.network = network;
        this.config = config;
        this.classes = classes;
        long[] channels = NanoStart.meaningChannels(network.config()).stream()
                .mapToLong(Integer::longValue)
                .toArray();
        this.meaning = Tensors.of(channels, channels.length);
        this.evidenceWeight = parameter(NanoStart.evidenceWeights().get(0));
    }

    /**
     * Teaches for as many steps as configured and leaves the averaged weights in the network.
     *
     * @param network a nano as {@link NanoStart} leaves it
     * @param pictures of things that the CenterNet knows
     * @param words for its classes
     * @param progress told of each step's number, from 0, and loss
     */
    public static void teach(
            TrainingRun.Network network,
            List<Path> pictures,
            ClassWords words,
            WordConfig config,
            BiConsumer<Integer, Double> progress) {
        if (!(network.config().imageEncoder() instanceof CenterNetConfig)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a network on the CenterNet, got " + network.config().name() + "; use a nano");
        }
        try (TensorScope scope = TensorScope.open();
                KeptMaps maps = new KeptMaps(network.model(), pictures);
                Solver solver = new Solver(network.parameters(), config.solver())) {
            WordDistillation teaching =
                    new WordDistillation(network, config, words.classes().size());
            WordPrompts prompts = new WordPrompts(words, network.tokenizer());
            for (int step = 0; step < config.steps(); step++) {
                progress.accept(step, teaching.step(step, solver, maps, prompts));
            }
            teaching.finish(solver);
        }
    }

    private double step(int step, Solver solver, KeptMaps maps, WordPrompts prompts) {
        SplittableRandom random = Seeds.random(config.seed(), step);
        try (TensorScope scope = TensorScope.open()) {
            WordPrompts.Batch batch = prompts.draw(config.prompts(), random);
            Tensor loss = loss(batch, maps, random);
            loss.backward();
            double norm = solver.step(step);
            solver.clearGradients();
            if (!Double.isFinite(norm)) {
                throw new GlipException(
                        ErrorCode.TRAINING_DIVERGED,
                        "words: wanted a finite gradient, got " + norm + " at step " + step + "; lower the rate");
            }
            return loss.item_double();
        }
    }

    private Tensor loss(WordPrompts.Batch batch, KeptMaps maps, SplittableRandom random) {
        Seen seen = look(maps.draw(config.prompts(), random));
        GlipModel model = network.model();
        FusedFeatures fused =
                model.fuse(new ImageFeatures(List.of(), seen.levels()), model.encodeText(batch.text()), Mode.INFERENCE);
        WordAlignment.Words words = model.wordAlignment().words(fused.text());
        Tensor features = Tensors.cat(
                        2,
                        fused.levels().subList(0, 3).stream()
                                .map(level -> level.flatten(2, 3))
                                .toArray(Tensor[]::new))
                .detach(); // (N, C, A)
        Tensor places = places(seen.probabilities(), random); // (N, P)
        Tensor at = gather(features, places).transpose(1, 2); // (N, P, C)
        Tensor told = gather(seen.probabilities(), places); // (N, K, P)
        return ofPictures(at, told, words, batch)
                .add(ofEvidence(at.narrow(1, STRONGEST, classes), words, batch, random));
    }

    /** What is to be seen on N pictures: the pyramid (N, C, H, W), and (N, K, A) how probable each class is where. */
    private record Seen(List<Tensor> levels, Tensor probabilities) {}

    private Seen look(List<Tensor> maps) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            List<Tensor> levels = network.model().pyramid(maps).levels().stream()
                    .map(scope::handOver)
                    .toList();
            Tensor[] probabilities = CenterNetEncoder.classLogits(maps).stream()
                    .map(WordDistillation::probabilities)
                    .toArray(Tensor[]::new);
            return new Seen(levels, scope.handOver(Tensors.cat(2, probabilities)));
        }
    }

    /** (N, K, H, W) logits of a heatmap to (N, K, H*W); of background 0. */
    private static Tensor probabilities(Tensor logits) {
        Tensor told =
                logits.gt(new Scalar(CenterNetEncoder.BACKGROUND_LOGIT + 1e-4)).to(torch.ScalarType.Float);
        return Tensors.plus(logits, LOGIT_ABOVE_HEATMAP).sigmoid().mul(told).flatten(2, 3);
    }

    /** The places (N, P) with most to see, then others drawn at random. */
    private Tensor places(Tensor probabilities, SplittableRandom random) {
        Tensor strength = probabilities.amax(new long[] {1}, false); // (N, A)
        Tensor strongest = new Tensor(strength.topk(Math.min(STRONGEST, strength.size(1)), 1, true, false)
                .get1());
        long[] drawn = random.longs((long) config.prompts() * (PLACES - STRONGEST), 0, strength.size(1))
                .toArray();
        return Tensors.cat(1, strongest, Tensors.of(drawn, config.prompts(), PLACES - STRONGEST));
    }

    /** (N, C, A) at the places (N, P): (N, C, P). */
    private static Tensor gather(Tensor features, Tensor places) {
        return features.gather(2, places.unsqueeze(1).expand(places.size(0), features.size(1), places.size(1)));
    }

    /** Places of pictures: every word for a class is to say as much as the heatmap says of it. */
    private Tensor ofPictures(Tensor at, Tensor told, WordAlignment.Words words, WordPrompts.Batch batch) {
        Tensor logits = network.model().wordAlignment().logits(at, words); // (N, P, T)
        Tensor wanted = told.unsqueeze(3).mul(batch.named().unsqueeze(2)).amax(new long[] {1}, false); // (N, P, T)
        return crossEntropy(logits, wanted, batch)
                .div(Tensors.plus(wanted.mul(batch.counted()).sum(), LEAST_TARGETS));
    }

    /** Background (N, K, C) with evidence for one class each: its words are to say so, and no other word. */
    private Tensor ofEvidence(
            Tensor background, WordAlignment.Words words, WordPrompts.Batch batch, SplittableRandom random) {
        int count = config.prompts() * classes;
        float[] amounts = new float[count];
        float[] probabilities = new float[count];
        for (int i = 0; i < count; i++) {
            double logit = random.nextDouble(LEAST_DRAWN_LOGIT, MOST_DRAWN_LOGIT);
            amounts[i] = (float) CenterNetEncoder.evidence(logit);
            probabilities[i] = (float) (1 / (1 + Math.exp(-logit - LOGIT_ABOVE_HEATMAP)));
        }
        Tensor directions = NanoStart.evidence(evidenceWeight).index_select(0, meaning); // (R, K)
        Tensor ofEvidence = words.projected()
                .index_select(2, meaning)
                .matmul(directions)
                .transpose(1, 2)
                .mul(Tensors.of(amounts, config.prompts(), classes, 1)); // (N, K, T)
        Tensor logits =
                network.model().wordAlignment().logits(background, words).add(ofEvidence);
        Tensor wanted = batch.named().mul(Tensors.of(probabilities, config.prompts(), classes, 1));
        return crossEntropy(logits, wanted, batch)
                .div(Tensors.plus(batch.named().sum(), 1));
    }

    private static Tensor crossEntropy(Tensor logits, Tensor wanted, WordPrompts.Batch batch) {
        return torch.binary_cross_entropy_with_logits(
                        logits, wanted, new TensorOptional(), new TensorOptional(), NO_REDUCTION)
                .mul(batch.counted())
                .sum();
    }

    /** Averages in the weights' place, and the same directions at every stride. */
    private void finish(Solver solver) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            solver.averages().forEach((name, average) -> parameter(name).copy_(average));
            Stream<Tensor> others = NanoStart.evidenceWeights().stream().skip(1).map(this::parameter);
            Tensor directions = NanoStart.evidence(evidenceWeight).index_select(0, meaning); // (R, K)
            others.forEach(weight -> NanoStart.evidence(weight).index_copy_(0, meaning, directions));
        }
    }

    private Tensor parameter(String name) {
        Parameters parameters = network.parameters();
        Tensor parameter = parameters.byName().get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter;
    }
}
