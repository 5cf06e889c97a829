package io.glip4j.data.scene;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A few icons of two styles (see NOTICE), and scenes of them that are quick to draw. */
final class SceneFixture {
    static final Path NOTO = Path.of("src/test/resources/io/glip4j/data/scene/noto");
    static final Path FLUENT = Path.of("src/test/resources/io/glip4j/data/scene/fluent-emoji-flat");
    static final Artwork ARTWORK = Artwork.read(List.of(NOTO, FLUENT));

    private SceneFixture() {}

    static SceneConfig config(SceneSplit split, int count, long seed) {
        return SceneConfig.of(count, seed)
                .withSides(160, 240)
                .withHeldOutStyles(Set.of("fluent-emoji-flat"))
                .withSplit(split);
    }

    static SceneMaker maker(SceneSplit split, int count, long seed) {
        return new SceneMaker(ARTWORK, config(split, count, seed));
    }
}
