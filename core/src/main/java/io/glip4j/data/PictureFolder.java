package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A folder that pictures are named in; names that lead out of it are refused, as annotations come from anywhere. */
public record PictureFolder(Path folder) {
    /**
     * The file of a name.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if it leads elsewhere or is none on this system
     */
    public Path resolve(String name) {
        Path file;
        try {
            file = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, "wanted a file name, got one this system cannot express", e);
        }
        Path inside = folder.normalize();
        boolean here =
                inside.toString().isEmpty() ? !file.isAbsolute() && !file.startsWith("..") : file.startsWith(inside);
        if (!here || file.equals(inside)) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted a picture inside the folder " + folder + ", got '" + name
                            + "'; give the folder that all pictures are in");
        }
        return file;
    }
}
