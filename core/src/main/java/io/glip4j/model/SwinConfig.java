package io.glip4j.model;

import java.util.List;

/**
 * A Swin transformer.
 *
 * @param version {@code V1}, or {@code V2} as CoSwin: convolutional patch embedding and merging
 * @param embedDim channels of stage 1, doubled at each stage
 * @param depths blocks of the four stages
 * @param heads attention heads of the four stages
 * @param window side of an attention window, in positions
 * @param layerScale whether one learned gamma per block multiplies both branches
 * @param dropPath stochastic depth of the last block when training, growing linearly from 0 at the first
 */
public record SwinConfig(
        Version version,
        int embedDim,
        List<Integer> depths,
        List<Integer> heads,
        int window,
        boolean layerScale,
        double dropPath)
        implements ImageEncoderConfig {
    public static final int STAGES = 4;

    /** The two ways to embed and merge patches. */
    public enum Version {
        V1,
        V2
    }

    public SwinConfig {
        depths = List.copyOf(depths);
        heads = List.copyOf(heads);
        Check.that(depths.size() == STAGES, STAGES + " depths", depths);
        Check.that(heads.size() == STAGES, STAGES + " head counts", heads);
        for (int stage = 0; stage < STAGES; stage++) {
            Check.positive("depth", depths.get(stage));
            Check.that(
                    heads.get(stage) > 0 && channels(embedDim, stage) % heads.get(stage) == 0,
                    "heads that divide the " + channels(embedDim, stage) + " channels of stage " + (stage + 1),
                    heads.get(stage));
        }
        Check.positive("embedDim", embedDim);
        Check.positive("window", window);
        Check.that(dropPath >= 0 && dropPath < 1, "dropPath in [0, 1)", dropPath);
    }

    /** Channels after stage {@code stage}, from 0. */
    public int channels(int stage) {
        return channels(embedDim, stage);
    }

    private static int channels(int embedDim, int stage) {
        return embedDim << stage;
    }
}
