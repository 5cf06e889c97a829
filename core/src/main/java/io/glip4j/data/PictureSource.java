package io.glip4j.data;

import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;

/** Where the pixels of a sample come from: a file, or memory where a scene was drawn. Its text is for messages. */
@FunctionalInterface
public interface PictureSource {
    /**
     * The picture, of exactly the size that was annotated.
     *
     * @throws io.glip4j.GlipException if it cannot be read or has another size
     */
    Picture read(ImageSize annotated);
}
