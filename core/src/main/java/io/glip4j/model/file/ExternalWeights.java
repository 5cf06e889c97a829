package io.glip4j.model.file;

import io.glip4j.torch.Parameters;

/** Weights that another file or package carries, such as a pretrained text encoder. */
@FunctionalInterface
public interface ExternalWeights {
    /** Fills every parameter whose name starts with {@code prefix}, dot included. */
    void load(Parameters parameters, String prefix);
}
