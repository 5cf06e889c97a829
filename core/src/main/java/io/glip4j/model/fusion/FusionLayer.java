package io.glip4j.model.fusion;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.Mode;
import org.bytedeco.pytorch.Tensor;

/** One step of the fusion encoder. */
@FunctionalInterface
public interface FusionLayer {
    /**
     * Updates picture features, word features or both.
     *
     * @param attentionMask (N, T): 1 at tokens, 0 at padding
     */
    FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode);
}
