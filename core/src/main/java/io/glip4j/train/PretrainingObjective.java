package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.Seeds;
import io.glip4j.data.TrainingExample;
import io.glip4j.data.WordMasking;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.head.MaskHead;
import io.glip4j.model.head.MaskedWordHead;
import io.glip4j.model.head.RegionWordProjection;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.GroundingLoss;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import io.glip4j.train.loss.MaskRegions;
import io.glip4j.train.loss.PictureTruth;
import io.glip4j.train.loss.Positives;
import io.glip4j.train.loss.RegionWordContrast;
import io.glip4j.train.loss.WordLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The losses of GLIPv2's pre-training (equation 1), as many as the run asks for: grounding the words of each example's
 * prompt in its picture (L_loc and L_intra), words against the regions of all pictures (L_inter), and masked words
 * (L_mlm); and masks under the boxes. The batch is one rank's part of the global batch.
 */
public final class PretrainingObjective implements Objective {
    /** Which of the numbers drawn in a pass are meant. */
    private static final long MASKS = 1;

    private final GlipModel model;
    private final ExamplePictures pictures;
    private final Ranks ranks;
    private final Optional<RegionWordProjection> contrasted;
    private final Optional<WordMasking> masking;
    private final Optional<MaskedWordHead> maskedWordHead;
    private final Optional<MaskHead> maskHead;

    /**
     * The published losses, grounding always.
     *
     * @param losses more losses; the network must have the head of each
     * @param tokenizer used here only
     */
    public PretrainingObjective(
            GlipConfig config, GlipModel model, Tokenizer tokenizer, List<ExtraLoss> losses, Ranks ranks) {
        this.model = model;
        this.pictures = new ExamplePictures(config.image());
        this.ranks = ranks;
        boolean masked = losses.contains(ExtraLoss.MASKED_WORDS);
        this.contrasted = losses.contains(ExtraLoss.INTER_IMAGE)
                ? Optional.of(headOf(ExtraLoss.INTER_IMAGE, model.regionWordProjection()))
                : Optional.empty();
        this.maskedWordHead =
                masked ? Optional.of(headOf(ExtraLoss.MASKED_WORDS, model.maskedWordHead())) : Optional.empty();
        this.maskHead = losses.contains(ExtraLoss.MASKS)
                ? Optional.of(headOf(ExtraLoss.MASKS, model.maskHead()))
                : Optional.empty();
        this.masking = masked
                ? Optional.of(
                        WordMasking.published(tokenizer, config.textEncoder().vocabulary()))
                : Optional.empty();
    }

    private static <H> H headOf(ExtraLoss loss, Optional<H> head) {
        return head.orElseThrow(() -> new GlipException(
                ErrorCode.BAD_ARGUMENT,
                "training: wanted a network with the head " + loss.head() + " for the loss " + loss
                        + ", got one without; add the head to its configuration"));
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        List<WordMasking.Masked> texts = IntStream.range(0, batch.size())
                .mapToObj(place -> masked(batch.get(place).tokens(), seed, batch.size() * ranks.rank() + place))
                .toList();
        TextBatch words =
                Tokenizer.batch(texts.stream().map(WordMasking.Masked::tokens).toList()); // (N, T)

        ImageFeatures images = model.encodeImages(pictures.of(batch), Mode.TRAINING);
        TextFeatures text = model.encodeText(words);
        GlipOutput output = model.ground(images, text, Mode.TRAINING);

        List<PictureTruth> truths = batch.stream()
                .map(example ->
                        new PictureTruth(example.boxes(), example.tokensOfBox(), example.classes(), example.outlines()))
                .toList();
        Positives positives = GroundingLoss.PUBLISHED.positives(output, truths, ranks);
        Losses losses = GroundingLoss.PUBLISHED.of(output, positives, truths, words.attentionMask());
        if (contrasted.isPresent()) {
            Tensor loss =
                    RegionWordContrast.PUBLISHED.of(contrasted.get(), images, text, positives, truths, ranks, seed);
            losses = losses.with(LossTerm.INTER_IMAGE, loss);
        }
        if (maskedWordHead.isPresent()) {
            Tensor labels = labels(texts, words);
            Tensor loss =
                    WordLoss.of(maskedWordHead.get()::forward, output.fused().text(), labels, ranks);
            losses = losses.with(LossTerm.MASKED_WORDS, loss);
        }
        if (maskHead.isPresent()) {
            MaskRegions regions = MaskRegions.of(output, positives, truths, Seeds.mix(seed, ranks.rank(), MASKS));
            losses = losses.with(LossTerm.MASKS, regions.loss(maskHead.get(), output.fused()));
        }
        return losses;
    }

    /** @param place of the example in the global batch */
    private WordMasking.Masked masked(TokenizedText tokens, long seed, int place) {
        return masking.map(rule -> rule.mask(tokens, Seeds.random(seed, place)))
                .orElseGet(() -> new WordMasking.Masked(tokens, Map.of()));
    }

    /** (N, T) int64: the hidden words' ids. */
    private static Tensor labels(List<WordMasking.Masked> texts, TextBatch words) {
        int width = Math.toIntExact(words.tokenIds().size(1));
        long[] labels = new long[texts.size() * width];
        Arrays.fill(labels, WordLoss.NOT_TOLD);
        for (int n = 0; n < texts.size(); n++) {
            int first = n * width;
            texts.get(n).hidden().forEach((position, id) -> labels[first + position] = id);
        }
        return Tensors.of(labels, texts.size(), width);
    }
}
