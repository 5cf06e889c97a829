package io.glip4j.data;

import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import java.io.ByteArrayInputStream;

/**
 * A picture file inside a larger file, such as a tar archive.
 *
 * @param name of the picture in there, for messages
 * @param bytes where it lies
 */
public record ShardPicture(FileSlice bytes, String name) implements StoredPicture {
    @Override
    public Picture read(ImageSize annotated) {
        byte[] encoded = bytes.read();
        return OrientedPicture.read(reader -> reader.read(encoded, toString()), toString(), annotated);
    }

    @Override
    public ImageSize storedSize() {
        return PictureReader.AS_STORED.storedSize(new ByteArrayInputStream(bytes.read()), toString());
    }

    @Override
    public String toString() {
        return bytes.file() + ": " + name;
    }
}
