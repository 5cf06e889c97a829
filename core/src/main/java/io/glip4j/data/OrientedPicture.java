package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import java.util.function.Function;

/** Pictures turned as EXIF says only where the annotated size asks for it: published tools look at stored pixels. */
final class OrientedPicture {
    private OrientedPicture() {}

    /**
     * The picture of the annotated size.
     *
     * @param name what errors call it
     * @throws GlipException {@code BAD_ANNOTATIONS} if it is not of that size
     */
    static Picture read(Function<PictureReader, Picture> source, String name, ImageSize annotated) {
        Picture stored = source.apply(PictureReader.AS_STORED);
        if (stored.size().equals(annotated)) {
            return stored;
        }
        Picture upright = source.apply(PictureReader.DEFAULT);
        if (upright.size().equals(annotated)) {
            return upright;
        }
        throw new GlipException(
                ErrorCode.BAD_ANNOTATIONS,
                "wanted " + name + " of " + annotated.width() + " x " + annotated.height() + " pixels, got "
                        + stored.width() + " x " + stored.height()
                        + "; correct the sizes or use the pictures that were annotated");
    }
}
