package io.glip4j.model;

import io.glip4j.model.encoder.FeaturePyramid;
import io.glip4j.model.encoder.ImageEncoder;
import io.glip4j.model.encoder.TextEncoder;
import io.glip4j.model.fusion.FusionEncoder;
import io.glip4j.model.head.GroundingHead;
import io.glip4j.model.head.MaskHead;
import io.glip4j.model.head.MaskedWordHead;
import io.glip4j.model.head.RegionWordProjection;
import io.glip4j.torch.Parameters;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** The network: pictures and words in, boxes and how well they match each word out. Keeps nothing of a pass. */
public final class GlipModel {
    private final ImageEncoder imageEncoder;
    private final FeaturePyramid pyramid;
    private final TextEncoder textEncoder;
    private final FusionEncoder fusion;
    private final GroundingHead head;
    private final Optional<MaskHead> maskHead;
    private final Optional<MaskedWordHead> maskedWordHead;
    private final Optional<RegionWordProjection> regionWordProjection;

    /** Registers everything by its published name. */
    public GlipModel(Parameters parameters, GlipConfig config) {
        int channels = config.fusion().channels();
        TextEncoderConfig text = config.textEncoder();
        Parameters backbone = parameters.at("backbone");
        Parameters grounding = parameters.at("rpn").at("head");
        Parameters exact = grounding.in(parameters.form().exact());
        this.imageEncoder = ImageEncoder.of(backbone.at("body"), config.imageEncoder());
        this.pyramid = new FeaturePyramid(backbone.at("fpn"), imageEncoder.channels(), channels);
        this.textEncoder = TextEncoder.of(parameters.at("language_backbone").at("body"), text);
        this.fusion = new FusionEncoder(grounding.at("dyhead_tower"), config.fusion(), text);
        this.head = new GroundingHead(exact, FeaturePyramid.LEVELS, channels, text.width());
        this.maskHead = config.heads().contains(GlipConfig.Head.MASK)
                ? Optional.of(new MaskHead(parameters.at("roi_heads").at("mask"), channels, text.width()))
                : Optional.empty();
        this.maskedWordHead = config.heads().contains(GlipConfig.Head.MASKED_WORDS)
                ? Optional.of(new MaskedWordHead(grounding.at("mlm_head"), text.width(), text.vocabulary()))
                : Optional.empty();
        this.regionWordProjection = config.heads().contains(GlipConfig.Head.INTER_IMAGE)
                ? Optional.of(
                        new RegionWordProjection(parameters.at("rpn").at("loss_evaluator"), channels, text.width()))
                : Optional.empty();
    }

    /** The whole way for N pictures (N, 3, H, W), each with the text of its row. */
    public GlipOutput forward(Tensor images, TextBatch text, Mode mode) {
        return ground(encodeImages(images, mode), encodeText(text), mode);
    }

    /** Pictures (N, 3, H, W) as the configuration's preprocessing leaves them. */
    public ImageFeatures encodeImages(Tensor images, Mode mode) {
        List<Tensor> maps = imageEncoder.forward(images, mode);
        return new ImageFeatures(maps, pyramid.forward(maps));
    }

    public TextFeatures encodeText(TextBatch text) {
        return textEncoder.forward(text);
    }

    /** Holds N pictures against N texts, row by row. */
    public GlipOutput ground(ImageFeatures images, TextFeatures text, Mode mode) {
        FusedFeatures unfused = new FusedFeatures(images.levels(), text.hidden());
        return predict(fusion.forward(unfused, text.attentionMask(), mode));
    }

    /** Reads boxes and word logits off fused features. */
    public GlipOutput predict(FusedFeatures fused) {
        return head.forward(fused);
    }

    /** The fusion encoder, for those who look at it layer by layer. */
    public FusionEncoder fusion() {
        return fusion;
    }

    /** The head for masks of boxes, where the configuration asks for one. */
    public Optional<MaskHead> maskHead() {
        return maskHead;
    }

    /** What compares regions and words over a batch, where the configuration asks for it. */
    public Optional<RegionWordProjection> regionWordProjection() {
        return regionWordProjection;
    }

    /** The head for masked words, where the configuration asks for one. */
    public Optional<MaskedWordHead> maskedWordHead() {
        return maskedWordHead;
    }
}
