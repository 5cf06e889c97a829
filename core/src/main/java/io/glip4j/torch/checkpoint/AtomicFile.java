package io.glip4j.torch.checkpoint;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file beside its place and moves it there when all of it is on disk, so that neither a full disk nor a crash
 * can cost the file that was there before.
 */
public final class AtomicFile {
    private static final long MEGABYTE = 1 << 20;

    /** Writes the content to a new, empty file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Makes or replaces {@code target}.
     *
     * @throws GlipException CANNOT_WRITE; what was there before is then still there
     */
    public static void write(Path target, Content content) {
        try {
            Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.isDirectory(place)) {
                throw new IOException("it is a folder");
            }
            Path beside = place.resolveSibling("." + place.getFileName() + "." + System.nanoTime() + ".part");
            try {
                fill(beside, content);
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
            syncFolder(place);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, describe(target, e), e);
        }
    }

    /** Makes or replaces {@code target} with these bytes, as above. */
    public static void write(Path target, byte[] content) {
        write(target, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static void fill(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    /** Makes the move itself last, where the system can open folders. */
    private static void syncFolder(Path place) {
        Path folder = place.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // Windows opens no folders; the file itself is safe there already
                return;
            }
        }
    }

    private static String describe(Path target, IOException cause) {
        return "cannot write " + target + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                + free(target) + "); wanted a writable folder with room for it. What was there before is unchanged";
    }

    private static String free(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        try {
            return folder == null ? "" : ", " + Files.getFileStore(folder).getUsableSpace() / MEGABYTE + " MB free";
        } catch (IOException e) {
            return "";
        }
    }
}
