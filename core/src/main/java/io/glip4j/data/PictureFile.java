package io.glip4j.data;

import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import java.nio.file.Path;

/** A picture file. */
public record PictureFile(Path file) implements StoredPicture {
    @Override
    public Picture read(ImageSize annotated) {
        return OrientedPicture.read(reader -> reader.read(file), file.toString(), annotated);
    }

    @Override
    public ImageSize storedSize() {
        return PictureReader.AS_STORED.storedSize(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
