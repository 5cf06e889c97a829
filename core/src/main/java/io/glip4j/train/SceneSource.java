package io.glip4j.train;

import io.glip4j.data.Mixture;
import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneDataset;
import io.glip4j.data.scene.SceneMaker;
import java.nio.file.Path;
import java.util.List;

/**
 * Scenes to train on, drawn while training.
 *
 * @param artwork folders of icon sets
 * @param repeat how often an epoch shows each scene
 */
public record SceneSource(List<Path> artwork, SceneConfig config, double repeat) implements DataSource {
    public SceneSource {
        artwork = List.copyOf(artwork);
    }

    @Override
    public Mixture.Part open() {
        return new Mixture.Part(new SceneDataset(new SceneMaker(Artwork.read(artwork), config)), repeat);
    }
}
