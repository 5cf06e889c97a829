package io.glip4j.data;

import io.glip4j.input.ImageSize;

/** A picture that is stored somewhere, encoded. */
public sealed interface StoredPicture extends PictureSource permits PictureFile, ShardPicture {
    /**
     * Its size, without orientation, by its header.
     *
     * @throws io.glip4j.GlipException {@code UNREADABLE_PICTURE}, {@code UNREADABLE_FILE}
     */
    ImageSize storedSize();
}
