package io.glip4j.pretrained;

import io.glip4j.model.file.ExternalWeights;
import java.util.Map;

/** Weights that a model's file may leave to a package on the class path, by the names it calls them. */
public final class PretrainedSources {
    public static final String MINI_LM = "all-minilm-l6-v2";
    public static final Map<String, ExternalWeights> BY_NAME = Map.of(MINI_LM, MiniLm::load);

    private PretrainedSources() {}
}
