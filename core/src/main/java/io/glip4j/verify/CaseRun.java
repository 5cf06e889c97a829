package io.glip4j.verify;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.fusion.FusionLayer;
import io.glip4j.torch.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A case, its network with the recorded weights, and one pass of the recorded inputs through it.
 *
 * @param recorded what to compare with
 * @param parameters of {@code model}, free to change
 * @param tower the fused features after each layer of the fusion encoder
 */
public record CaseRun(
        RecordedCase recorded,
        Parameters parameters,
        GlipModel model,
        ImageFeatures image,
        TextFeatures text,
        List<FusedFeatures> tower,
        GlipOutput output) {
    public CaseRun {
        tower = List.copyOf(tower);
    }

    static CaseRun of(RecordedCase recorded, Parameters parameters, GlipModel model) {
        ImageFeatures image = model.encodeImages(recorded.images(), Mode.INFERENCE);
        TextFeatures text = model.encodeText(recorded.text());
        List<FusedFeatures> tower = new ArrayList<>();
        FusedFeatures fused = new FusedFeatures(image.levels(), text.hidden());
        for (FusionLayer layer : model.fusion().layers()) {
            fused = layer.forward(fused, text.attentionMask(), Mode.INFERENCE);
            tower.add(fused);
        }
        return new CaseRun(recorded, parameters, model, image, text, tower, model.predict(fused));
    }
}
