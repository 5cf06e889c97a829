package io.glip4j.model.head;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipOutput;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Reads boxes, centerness and word logits off the fused features, one square anchor a location (as ATSS). */
public final class GroundingHead {
    private static final long BOX = 4;
    private static final long UNUSED_CLASSES = 80;
    private static final Initializer INITIALIZER = Initializer.normal(0.01);

    private final Convolution boxes;
    private final Convolution centerness;
    private final List<Tensor> boxScales; // per level: (1)
    private final WordAlignment alignment;

    /**
     * Registers {@code bbox_pred}, {@code centerness}, {@code scales.l.scale}, {@code dot_product_projection_text},
     * {@code bias_lang}, {@code bias0}, {@code log_scale}, and {@code cls_logits}, which checkpoints carry and nothing
     * reads.
     */
    public GroundingHead(Parameters parameters, int levels, long channels, long textWidth) {
        this.alignment = WordAlignment.withConstantBias(parameters, channels, textWidth);
        Convolution.withBias(parameters.at("cls_logits"), INITIALIZER, channels, UNUSED_CLASSES, Geometry.same(1));
        this.boxes = Convolution.withBias(parameters.at("bbox_pred"), INITIALIZER, channels, BOX, Geometry.same(1));
        this.centerness = Convolution.withBias(parameters.at("centerness"), INITIALIZER, channels, 1, Geometry.same(1));
        this.boxScales = IntStream.range(0, levels)
                .mapToObj(level -> parameters.at("scales").at(level).register("scale", Initializer.ONES, 1))
                .toList();
    }

    /** What holds the fused features of regions and words against each other. */
    public WordAlignment alignment() {
        return alignment;
    }

    /** Levels (N, C, H, W), text (N, T, Ct). */
    public GlipOutput forward(FusedFeatures fused) {
        WordAlignment.Words words = alignment.words(fused.text());
        List<Tensor> deltas = new ArrayList<>();
        List<Tensor> centres = new ArrayList<>();
        List<Tensor> logits = new ArrayList<>();
        for (int level = 0; level < fused.levels().size(); level++) {
            Tensor features = fused.levels().get(level);
            deltas.add(boxes.forward(features).mul(boxScales.get(level))); // (N, 4, H, W)
            centres.add(centerness.forward(features)); // (N, 1, H, W)
            logits.add(alignment.logits(features.flatten(2, 3).transpose(1, 2), words)); // (N, H*W, T)
        }
        return new GlipOutput(deltas, centres, logits, fused);
    }
}
