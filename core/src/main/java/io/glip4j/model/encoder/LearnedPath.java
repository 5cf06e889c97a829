package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;

/**
 * A second way through the deep layers of the CenterNet. What it makes of pictures is learned while the CenterNet stays
 * as it was published, so that what finds COCO's objects is not forgotten for what is new. Both share the shallow layers.
 */
final class LearnedPath {
    private final MobileNet.Deep deep;
    private final CenterNet.TopDown topDown;

    /** Registers {@code backbone.blocks.7} to {@code 14}, {@code backbone.last} and the top-down path. */
    LearnedPath(Parameters parameters) {
        deep = new MobileNet.Deep(parameters.at("backbone"));
        topDown = new CenterNet.TopDown(parameters);
    }

    /** On the shallow maps of a CenterNet. */
    CenterNet.Maps forward(CenterNet.Output output) {
        return topDown.forward(output.shallow8(), deep.forward(output.shallow16()));
    }
}
