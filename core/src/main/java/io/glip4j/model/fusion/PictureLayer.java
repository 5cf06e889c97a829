package io.glip4j.model.fusion;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.Mode;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A step of the fusion encoder that looks at pictures only. */
interface PictureLayer extends FusionLayer {
    /** Levels (N, C, H, W) each to the same shapes. */
    List<Tensor> forward(List<Tensor> levels);

    @Override
    default FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        return new FusedFeatures(forward(features.levels()), features.text());
    }
}
