package io.glip4j.train;

import io.glip4j.data.GroundingDataset;
import io.glip4j.data.Mixture;
import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneDataset;
import io.glip4j.data.scene.SceneLanguage;
import io.glip4j.data.scene.SceneMaker;
import io.glip4j.model.Task;
import java.nio.file.Path;
import java.util.List;

/**
 * Scenes to train on, drawn while training.
 *
 * @param artwork folders of icon sets
 * @param task what is learned from them: grounding, answers or descriptions
 * @param repeat how often an epoch shows each scene
 */
public record SceneSource(List<Path> artwork, SceneConfig config, Task task, double repeat) implements DataSource {
    public SceneSource {
        artwork = List.copyOf(artwork);
    }

    @Override
    public Mixture.Part open() {
        return new Mixture.Part(dataset(), repeat);
    }

    private GroundingDataset dataset() {
        return switch (task) {
            case ANSWER -> SceneLanguage.questions(maker());
            case DESCRIBE -> SceneLanguage.descriptions(maker());
            default -> new SceneDataset(maker());
        };
    }

    /** What draws the scenes. */
    public SceneMaker maker() {
        return new SceneMaker(Artwork.read(artwork), config);
    }
}
