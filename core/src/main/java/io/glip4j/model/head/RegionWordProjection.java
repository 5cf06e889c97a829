package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Brings regions and words, both from before fusion, into one space of 64 directions, where they are compared over the
 * pictures of a batch (GLIPv2, section 3.2). Used in training only.
 */
public final class RegionWordProjection {
    private static final long WIDTH = 64;

    private final Linear regions;
    private final Linear words;
    private final Tensor logScale;

    /** {@code parameters} is {@code rpn.loss_evaluator} of the published names. */
    public RegionWordProjection(Parameters parameters, long channels, long textWidth) {
        Initializer weights = Initializer.xavierUniform();
        regions = Linear.withBias(parameters.at("shallow_contrastive_projection_image"), weights, channels, WIDTH);
        words = Linear.withBias(parameters.at("shallow_contrastive_projection_text"), weights, textWidth, WIDTH);
        logScale = parameters.register("shallow_log_scale", Initializer.ZEROS, 1);
    }

    /** (M, C) pyramid features to (M, 64) of length 1. */
    public Tensor regions(Tensor features) {
        return Tensors.normalizeLast(regions.forward(features));
    }

    /** (W, Ct) unfused words to (W, 64) of length 1. */
    public Tensor words(Tensor features) {
        return Tensors.normalizeLast(words.forward(features));
    }

    /** (1): logarithm of the temperature that similarities are divided by. */
    public Tensor logScale() {
        return logScale;
    }
}
