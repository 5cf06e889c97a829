package io.glip4j.bench;

import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.SwinConfig;

/** Floating-point operations that one picture and one prompt need in the folded form; a product and a sum are two. */
final class Arithmetic {
    private static final int PATCH = 4;
    private static final int TAPS = 9;
    private static final int OFFSETS_AND_MASKS = 27;
    private static final int LEVELS = 5;
    private static final int BERT_WIDTH = 768;
    private static final int BERT_LAYERS = 12;

    private Arithmetic() {}

    /** Of a network with a Swin and a BERT-base. */
    static double of(GlipConfig config, Input input) {
        FusionConfig fusion = config.fusion();
        return 2
                * input.pictures()
                * (swin((SwinConfig) config.imageEncoder(), input)
                        + pyramid((SwinConfig) config.imageEncoder(), input, fusion.channels())
                        + text(input.tokens(), BERT_LAYERS + fusion.blocks())
                        + fusion.blocks() * (crossAttention(fusion, input) + dynamicHead(fusion, input)));
    }

    private static double swin(SwinConfig config, Input input) {
        double positions = (double) input.height() * input.width() / (PATCH * PATCH);
        double products = positions * 3 * PATCH * PATCH * config.channels(0);
        double length = Math.pow(config.window(), 2);
        for (int stage = 0; stage < SwinConfig.STAGES; stage++) {
            double channels = config.channels(stage);
            products += config.depths().get(stage) * positions * channels * (12 * channels + 2 * length);
            if (stage < SwinConfig.STAGES - 1) {
                positions /= 4;
                products += positions * 4 * channels * 2 * channels;
            }
        }
        return products;
    }

    private static double pyramid(SwinConfig config, Input input, double channels) {
        double products = 0;
        for (int level = 0; level < LEVELS; level++) {
            double lateral = level < SwinConfig.STAGES - 1 ? config.channels(level + 1) : 0;
            products += positions(input, level) * channels * (lateral + TAPS * channels);
        }
        return products;
    }

    private static double text(double tokens, int layers) {
        return layers * tokens * BERT_WIDTH * (12.0 * BERT_WIDTH + 2 * tokens);
    }

    private static double crossAttention(FusionConfig fusion, Input input) {
        return 3 * allPositions(input, 0) * fusion.channels() * fusion.attentionHeads() * input.tokens();
    }

    private static double dynamicHead(FusionConfig fusion, Input input) {
        double outputs = allPositions(input, 0) + 2 * allPositions(input, 1);
        double channels = fusion.channels();
        return TAPS * channels * (outputs * channels + allPositions(input, 0) * OFFSETS_AND_MASKS);
    }

    private static double allPositions(Input input, int from) {
        double sum = 0;
        for (int level = from; level < LEVELS; level++) {
            sum += positions(input, level);
        }
        return sum;
    }

    /** Of level 0..4, strides 8..128. */
    private static double positions(Input input, int level) {
        int stride = 8 << level;
        return Math.ceil((double) input.height() / stride) * Math.ceil((double) input.width() / stride);
    }
}
