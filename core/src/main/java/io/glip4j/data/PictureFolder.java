package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

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

    /**
     * The file of a name, which must be there.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS}
     */
    public Path existing(String name) {
        Path file = resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted the picture " + file + ", got no such file; check the picture folder");
        }
        return file;
    }

    /**
     * The name under which a picture is here whose annotations know it in more folders, or by a web address: as it is,
     * or its last parts.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if none is here
     */
    public String tail(String name) {
        String[] parts = name.split("/+");
        int last = parts.length;
        for (int kept = last; kept >= 1; kept--) {
            String tail = String.join("/", Arrays.asList(parts).subList(last - kept, last));
            if (Files.isRegularFile(resolve(tail))) {
                return tail;
            }
        }
        throw new GlipException(
                ErrorCode.BAD_ANNOTATIONS,
                "wanted the picture '" + name + "' in " + folder
                        + ", found none of its name there; check the picture folder");
    }
}
