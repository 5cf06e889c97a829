package io.glip4j.train.loss;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.geometry.BoxOverlap;
import io.glip4j.model.GlipOutput;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * How far the network is from grounding words in boxes: localisation, centerness and word alignment, normalised by the
 * anchors that answer for a box. Letters: N pictures, A anchors of one picture, P positive anchors of the batch, T
 * tokens.
 *
 * @param localizationWeight of the box loss in the sum
 */
public record GroundingLoss(AtssAssigner assigner, FocalLoss focal, double localizationWeight) {
    public static final GroundingLoss PUBLISHED = new GroundingLoss(AtssAssigner.PUBLISHED, FocalLoss.PUBLISHED, 2);

    private static final long SUM = 2;

    /**
     * All three.
     *
     * @param batch what is to be found on each of the N pictures
     * @param attentionMask (N, T) int64: 1 at tokens, 0 at padding
     */
    public Losses of(GlipOutput output, List<PictureTruth> batch, Tensor attentionMask) {
        return of(output, positives(output, batch, Ranks.ALONE), batch, attentionMask);
    }

    /**
     * All three, for positives that were chosen before.
     *
     * @param batch what is to be found on each of the N pictures
     * @param attentionMask (N, T) int64: 1 at tokens, 0 at padding
     */
    public Losses of(GlipOutput output, Positives positives, List<PictureTruth> batch, Tensor attentionMask) {
        return new Losses(Map.of(
                LossTerm.LOCALIZATION, localization(output, positives),
                LossTerm.CENTERNESS, centerness(output, positives),
                LossTerm.WORD_ALIGNMENT, wordAlignment(output, positives, batch, attentionMask)));
    }

    /** Chooses the anchors that answer for the boxes of N pictures, of which each rank has its own. */
    public Positives positives(GlipOutput output, List<PictureTruth> batch, Ranks ranks) {
        long pictures = output.boxDeltas().get(0).size(0);
        if (batch.size() != pictures) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted what is to be found on " + pictures + " pictures, got it for " + batch.size());
        }
        return Positives.of(assigner, anchors(output), batch, ranks);
    }

    /** The anchors of an output's levels. */
    public static Anchors anchors(GlipOutput output) {
        return new Anchors(output.boxDeltas().stream()
                .map(level -> new Anchors.LevelSize(Math.toIntExact(level.size(2)), Math.toIntExact(level.size(3))))
                .toList());
    }

    /** 1 - generalised IoU, weighted by how central the anchor is. */
    public Tensor localization(GlipOutput output, Positives positives) {
        Tensor deltas = rows(output.boxDeltas(), positives); // (P, 4)
        if (positives.count() == 0) {
            return deltas.sum();
        }
        Tensor boxes = BoxCoder.decode(deltas, Tensors.of(positives.anchorsXyxy(), positives.count(), 4));
        Tensor wanted = Tensors.of(positives.boxesXyxy(), positives.count(), 4);
        Tensor weight = Tensors.of(positives.centerness(), positives.count()); // (P)
        Tensor distance = Tensors.plus(BoxOverlap.generalizedIou(boxes, wanted).neg(), 1);
        Tensor mean = distance.mul(weight).sum().div(Tensors.of(new float[] {(float) positives.centernessPerRank()}));
        return Tensors.times(mean, localizationWeight);
    }

    /** Binary cross-entropy with the centerness of each positive anchor. */
    public Tensor centerness(GlipOutput output, Positives positives) {
        Tensor logits = rows(output.centerness(), positives).squeeze(1); // (P)
        Tensor wanted = Tensors.of(positives.centerness(), positives.count());
        Tensor sum =
                torch.binary_cross_entropy_with_logits(logits, wanted, new TensorOptional(), new TensorOptional(), SUM);
        return perPositive(sum, positives);
    }

    /** Focal loss of every anchor and token that is not padding; the tokens of an anchor's box are wanted. */
    public Tensor wordAlignment(
            GlipOutput output, Positives positives, List<PictureTruth> batch, Tensor attentionMask) {
        int tokens = tokens(attentionMask);
        Tensor logits = Tensors.cat(
                1,
                output.wordLogits().stream()
                        .map(level -> level.narrow(2, 0, tokens))
                        .toArray(Tensor[]::new)); // (N, A, T)
        Tensor mask = attentionMask.narrow(1, 0, tokens).to(torch.ScalarType.Float); // (N, T)
        Tensor rows = positives.rows(); // (P)
        Tensor answering = logits.flatten(0, 1).index_select(0, rows); // (P, T)
        Tensor wanted = wantedTokens(positives, batch, tokens); // (P, T)
        Tensor others = torch.ones(logits.size(0) * logits.size(1))
                .index_fill_(0, rows, new Scalar(0))
                .view(logits.size(0), logits.size(1)); // (N, A)
        Tensor sum = focal.sumOfNegatives(logits, others, mask)
                .add(focal.sum(answering, wanted, mask.index_select(0, positives.pictures())));
        return perPositive(sum, positives);
    }

    /** (P, T), 1 at the tokens of the anchor's box. */
    private static Tensor wantedTokens(Positives positives, List<PictureTruth> batch, int tokens) {
        float[] wanted = new float[positives.count() * tokens];
        for (int i = 0; i < positives.count(); i++) {
            for (int token : batch.get(positives.picture(i)).tokens().get(positives.box(i))) {
                if (token < 0 || token >= tokens) {
                    throw new GlipException(
                            ErrorCode.BAD_ARGUMENT,
                            "wanted the tokens of a box among the " + tokens + " of the batch, got " + token);
                }
                wanted[i * tokens + token] = 1;
            }
        }
        return Tensors.of(wanted, positives.count(), tokens);
    }

    /** Tokens up to the last that is not padding in every text; at least 1. */
    private static int tokens(Tensor attentionMask) {
        long width = attentionMask.size(1);
        long[] mask = Tensors.toLongs(attentionMask);
        int tokens = 1;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0) {
                tokens = Math.max(tokens, (int) (i % width) + 1);
            }
        }
        return tokens;
    }

    /** What is said at the positive anchors: levels of (N, C, H, W) to (P, C). */
    private static Tensor rows(List<Tensor> levels, Positives positives) {
        return rows(levels, positives.rows());
    }

    /** Levels of (N, C, H, W) to (P, C), by places among all anchors of all pictures. */
    static Tensor rows(List<Tensor> levels, Tensor places) {
        Tensor[] flat = levels.stream()
                .map(level -> level.permute(0, 2, 3, 1).flatten(1, 2)) // (N, H*W, C)
                .toArray(Tensor[]::new);
        return Tensors.cat(1, flat).flatten(0, 1).index_select(0, places);
    }

    private static Tensor perPositive(Tensor sum, Positives positives) {
        return Tensors.times(sum, 1.0 / positives.perRank());
    }
}
