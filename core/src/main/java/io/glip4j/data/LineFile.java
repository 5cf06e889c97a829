package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file read line by line, each with its place, so that a line can be found again without the others. */
public final class LineFile {
    /** Longer lines are refused: 16 MiB. */
    public static final int MOST_BYTES = 1 << 24;

    private LineFile() {}

    /** Takes one line, without its end. */
    @FunctionalInterface
    public interface Taker {
        void take(byte[] line, FileSlice place);
    }

    /**
     * Reads all lines that are not blank; an error the taker throws leaves the line out.
     *
     * @throws GlipException {@code UNREADABLE_FILE}, or the error of a line if no more may be left out
     */
    public static void read(Path file, BadRecordLog log, Taker taker) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long offset = 0;
            long length = 0;
            long number = 1;
            for (int next = stream.read(); ; next = stream.read()) {
                if (next == '\n' || next < 0) {
                    take(file, log, taker, line, offset, length, number);
                    if (next < 0) {
                        return;
                    }
                    offset += length + 1;
                    length = 0;
                    number++;
                    line.reset();
                } else {
                    length++;
                    if (length <= MOST_BYTES) {
                        line.write(next);
                    }
                }
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted a readable file, got " + e, e);
        }
    }

    private static void take(
            Path file,
            BadRecordLog log,
            Taker taker,
            ByteArrayOutputStream line,
            long offset,
            long length,
            long number) {
        try {
            if (length > MOST_BYTES) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS, "wanted a line of at most " + MOST_BYTES + " bytes, got " + length);
            }
            byte[] bytes = line.toByteArray();
            if (!isBlank(bytes)) {
                taker.take(bytes, new FileSlice(file, offset, bytes.length));
            }
        } catch (GlipException e) {
            log.add(new GlipException(e.code(), file + ": line " + number + ": " + e.getMessage(), e));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }
}
