package io.glip4j.train;

import io.glip4j.data.GroundingDataset;
import io.glip4j.data.Mixture;
import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneDataset;
import io.glip4j.data.scene.SceneLanguage;
import io.glip4j.data.scene.SceneMaker;
import io.glip4j.data.scene.SceneText;
import java.nio.file.Path;
import java.util.List;

/**
 * Scenes to train on, drawn while training.
 *
 * @param artwork folders of icon sets
 * @param text what is said of them
 * @param repeat how often an epoch shows each scene
 */
public record SceneSource(List<Path> artwork, SceneConfig config, SceneText text, double repeat) implements DataSource {
    public SceneSource {
        artwork = List.copyOf(artwork);
    }

    @Override
    public Mixture.Part open() {
        return new Mixture.Part(dataset(), repeat);
    }

    private GroundingDataset dataset() {
        return switch (text) {
            case ALL_KINDS -> SceneDataset.ofAllKinds(maker());
            case CLASS_NAMES -> SceneDataset.ofClassNames(maker());
            case QUESTIONS -> SceneLanguage.questions(maker());
            case DESCRIPTIONS -> SceneLanguage.descriptions(maker());
        };
    }

    /** What draws the scenes. */
    public SceneMaker maker() {
        return new SceneMaker(Artwork.read(artwork), config);
    }
}
