package io.glip4j.train;

import io.glip4j.data.TrainingExample;
import io.glip4j.input.ImagePreprocessor;
import io.glip4j.input.ResizedPicture;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.train.loss.GroundingLoss;
import io.glip4j.train.loss.Losses;
import io.glip4j.train.loss.PictureTruth;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Grounding the words of each example's prompt in its picture: L_loc and L_intra. */
public final class GroundingObjective implements Objective {
    private final GlipModel model;
    private final ImagePreprocessor preprocessor;
    private final GroundingLoss loss;

    /**
     * The published losses.
     *
     * @param preprocessor used for normalising and padding only: examples come resized
     */
    public GroundingObjective(GlipModel model, ImagePreprocessor preprocessor) {
        this.model = model;
        this.preprocessor = preprocessor;
        this.loss = GroundingLoss.PUBLISHED;
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        Tensor images = preprocessor
                .batch(batch.stream().map(GroundingObjective::resized).toList())
                .images(); // (N, 3, H, W)
        TextBatch text =
                Tokenizer.batch(batch.stream().map(TrainingExample::tokens).toList()); // (N, T)
        GlipOutput output = model.forward(images, text, Mode.TRAINING);
        List<PictureTruth> truths = batch.stream()
                .map(example -> new PictureTruth(example.boxes(), example.tokensOfBox()))
                .toList();
        return loss.of(output, truths, text.attentionMask());
    }

    private static ResizedPicture resized(TrainingExample example) {
        return new ResizedPicture(example.picture(), example.picture().size());
    }
}
