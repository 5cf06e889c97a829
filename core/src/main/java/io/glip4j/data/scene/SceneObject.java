package io.glip4j.data.scene;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import java.util.Optional;

/**
 * A thing in a scene.
 *
 * @param name what it is
 * @param label its number among {@link SceneMaker#names()}
 * @param style the icon set it is drawn in
 * @param colour the word for its colour as the picture shows it, where one word is right
 * @param box of what can be seen of it, pixels; right and bottom are the last pixel inside
 * @param mask what can be seen of it, of the whole picture's size
 * @param seen which part of it can be seen, 0..1
 */
public record SceneObject(
        String name, int label, String style, Optional<String> colour, BoxXyxy box, RunLengthMask mask, double seen) {}
