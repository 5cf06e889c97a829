package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The first half of a file's SHA-256, which tells it from any other. */
final class FileDigest {
    private static final int BLOCK = 1 << 16;
    private static final int KEPT_BYTES = 16;

    private FileDigest() {}

    /** Of a model's file, or of the embedded nano. */
    static String ofModel(Optional<Path> file) {
        return file.map(FileDigest::of).orElseGet(() -> of(Glip.embedded(), "the embedded nano"));
    }

    static String of(Path file) {
        try {
            return of(Files.newInputStream(file), file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /** Reads and closes the stream. */
    static String of(InputStream stream, String name) {
        try (stream) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (int read = stream.read(block); read > 0; read = stream.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, KEPT_BYTES);
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static GlipException unreadable(String name, IOException e) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE, name + ": wanted a readable model, got " + e + "; check the path", e);
    }
}
