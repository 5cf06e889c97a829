package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import java.nio.file.Path;

/** A picture file, turned as EXIF says only where the annotated size asks for it: published tools look at stored pixels. */
public record PictureFile(Path file) implements PictureSource {
    @Override
    public Picture read(ImageSize annotated) {
        Picture stored = PictureReader.AS_STORED.read(file);
        if (stored.size().equals(annotated)) {
            return stored;
        }
        Picture upright = PictureReader.DEFAULT.read(file);
        if (upright.size().equals(annotated)) {
            return upright;
        }
        throw new GlipException(
                ErrorCode.BAD_ANNOTATIONS,
                "wanted " + file + " of " + annotated.width() + " x " + annotated.height() + " pixels, got "
                        + stored.width() + " x " + stored.height()
                        + "; correct the sizes or use the pictures that were annotated");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
