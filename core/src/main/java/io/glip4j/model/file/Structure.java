package io.glip4j.model.file;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.BertConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.ImageEncoderConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.checkpoint.StateDict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the shapes of a checkpoint tell of its network, in words that two networks share exactly when their tensors fit.
 * The rest (heads of BERT and of the fusion attention, groups, dropout) is a preset's.
 */
record Structure(String image, String text, String fusion) {
    private static final String MASK_HEAD = "roi_heads.mask.";
    private static final String MASKED_WORDS_HEAD = "rpn.head.mlm_head.";
    private static final String REGION_WORD_PROJECTION = "rpn.loss_evaluator.";
    private static final String NEXT_WORD_HEAD = "rpn.head.next_word_head.";
    private static final String ANSWER_HEAD = "rpn.head.answer_head.";

    /** The preset with the structure of this checkpoint, with the optional heads that the checkpoint has. */
    static GlipConfig matchingPreset(StateDict weights) {
        Structure found = new CheckpointShapes(weights).structure();
        for (String name : GlipConfig.PRESETS) {
            GlipConfig preset = GlipConfig.preset(name);
            if (Structure.of(preset).equals(found)) {
                return withHeads(preset, weights);
            }
        }
        throw new GlipException(
                ErrorCode.CHECKPOINT_MISMATCH,
                weights.source() + ": wanted the tensors of a preset, got " + found + ". Presets are "
                        + GlipConfig.PRESETS.stream()
                                .map(name -> "'" + name + "' with " + Structure.of(GlipConfig.preset(name)))
                                .collect(Collectors.joining("; "))
                        + ". Give the network's configuration");
    }

    static Structure of(GlipConfig config) {
        FusionConfig fusion = config.fusion();
        return new Structure(
                describe(config.imageEncoder()),
                describe(config.textEncoder()),
                fusion(fusion.blocks(), fusion.channels(), fusion.attentionWidth()));
    }

    static String swin(
            SwinConfig.Version version,
            long embedDim,
            List<Integer> depths,
            List<Integer> heads,
            long window,
            boolean layerScale) {
        return "Swin " + version + " of width " + embedDim + ", depths " + depths + ", heads " + heads + ", window "
                + window + (layerScale ? ", layer scale" : "");
    }

    static String bert(long vocabulary, long width, long layers, long intermediate, long positions) {
        return "BERT of " + vocabulary + " words, width " + width + ", " + layers + " layers of " + intermediate + ", "
                + positions + " positions";
    }

    static String clip(long vocabulary, long width, long layers, long positions) {
        return "CLIP text of " + vocabulary + " words, width " + width + ", " + layers + " layers, " + positions
                + " positions";
    }

    static String fusion(long blocks, long channels, long attentionWidth) {
        return blocks + " fusion blocks of " + channels + " channels, attention width " + attentionWidth;
    }

    private static String describe(ImageEncoderConfig encoder) {
        if (encoder instanceof SwinConfig swin) {
            return swin(swin.version(), swin.embedDim(), swin.depths(), swin.heads(), swin.window(), swin.layerScale());
        }
        return encoder.getClass().getSimpleName();
    }

    private static String describe(TextEncoderConfig encoder) {
        if (encoder instanceof BertConfig bert) {
            return bert(bert.vocabulary(), bert.width(), bert.layers(), bert.intermediate(), bert.positions());
        }
        return clip(encoder.vocabulary(), encoder.width(), encoder.layers(), encoder.maxTokens());
    }

    private static GlipConfig withHeads(GlipConfig preset, StateDict weights) {
        Set<Head> heads = EnumSet.noneOf(Head.class);
        if (hasPrefix(weights, MASK_HEAD)) {
            heads.add(Head.MASK);
        }
        if (hasPrefix(weights, MASKED_WORDS_HEAD)) {
            heads.add(Head.MASKED_WORDS);
        }
        if (hasPrefix(weights, REGION_WORD_PROJECTION)) {
            heads.add(Head.INTER_IMAGE);
        }
        if (hasPrefix(weights, NEXT_WORD_HEAD)) {
            heads.add(Head.NEXT_WORD);
        }
        if (hasPrefix(weights, ANSWER_HEAD)) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    weights.source()
                            + ": wanted the list of answers that its answer head chooses from, got weights only;"
                            + " take the .safetensors file, which carries it, or give the network's configuration");
        }
        return preset.withAlso(heads);
    }

    private static boolean hasPrefix(StateDict weights, String prefix) {
        return weights.names().stream().anyMatch(name -> name.startsWith(prefix));
    }

    @Override
    public String toString() {
        return image + "; " + text + "; " + fusion;
    }
}
