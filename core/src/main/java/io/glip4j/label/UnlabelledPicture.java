package io.glip4j.label;

import io.glip4j.data.FileSlice;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.ShardPicture;
import io.glip4j.data.StoredPicture;
import java.util.Optional;

/**
 * A picture that waits for labels.
 *
 * @param name of its file, relative to the folder of the pictures, or of its sample in a tar file
 * @param caption what is said of it, where its words are to be found
 * @param place where it lies in a tar file, if it does
 */
public record UnlabelledPicture(String name, Optional<String> caption, Optional<FileSlice> place) {
    /** A picture file. */
    public static UnlabelledPicture file(String name) {
        return new UnlabelledPicture(name, Optional.empty(), Optional.empty());
    }

    /**
     * Where its pixels are.
     *
     * @throws io.glip4j.GlipException {@code BAD_ANNOTATIONS} if its name leads out of the folder
     */
    StoredPicture stored(PictureFolder folder) {
        return place.<StoredPicture>map(slice -> new ShardPicture(slice, name))
                .orElseGet(() -> new PictureFile(folder.resolve(name)));
    }
}
