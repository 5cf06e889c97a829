package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A part of a file.
 *
 * @param offset first byte
 * @param length bytes, at most {@link #MOST_BYTES}
 */
public record FileSlice(Path file, long offset, int length) {
    /** The longest part that is read as a whole: 1 GiB. */
    public static final int MOST_BYTES = 1 << 30;

    public FileSlice {
        if (offset < 0 || length < 0 || length > MOST_BYTES) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    file + ": wanted a part of at most " + MOST_BYTES + " bytes, got " + length + " from byte "
                            + offset);
        }
    }

    /**
     * The bytes.
     *
     * @throws GlipException {@code UNREADABLE_FILE} if the file ends before
     */
    public byte[] read() {
        try (FileChannel channel = FileChannel.open(file)) {
            if (offset + length > channel.size()) {
                throw new EOFException("the file has only " + channel.size() + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException("the file became shorter");
                }
            }
            return buffer.array();
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    file + ": wanted to read " + length + " bytes from byte " + offset + ", got " + e,
                    e);
        }
    }
}
