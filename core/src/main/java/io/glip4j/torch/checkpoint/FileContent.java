package io.glip4j.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file of any size, read little-endian where they are asked for; every access is checked against the
 * file's end. Not mapped: pages of a mapped checkpoint would count as this process's memory beside the weights.
 */
final class FileContent {
    private final BadFile errors;
    private final long size;
    private final Source source;

    private FileContent(BadFile errors, long size, Source source) {
        this.errors = errors;
        this.size = size;
        this.source = source;
    }

    /** Reads at a position, safe from many threads. */
    private interface Source {
        /** Bytes put into {@code target}, or -1 at the end. */
        int read(ByteBuffer target, long position) throws IOException;

        void close() throws IOException;
    }

    static FileContent open(Path path) {
        BadFile errors = new BadFile(path.toString());
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new FileContent(errors, channel.size(), new Source() {
                @Override
                public int read(ByteBuffer target, long position) throws IOException {
                    return channel.read(target, position);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            });
        } catch (IOException | UnsupportedOperationException e) {
            throw errors.unreadable(e);
        }
    }

    /** The same for a file that is in memory already, such as a resource of a jar. */
    static FileContent of(String source, byte[] content) {
        return new FileContent(new BadFile(source), content.length, new Source() {
            @Override
            public int read(ByteBuffer target, long position) {
                int length = Math.min(target.remaining(), content.length - (int) position);
                target.put(content, (int) position, length);
                return length;
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    long size() {
        return size;
    }

    BadFile errors() {
        return errors;
    }

    /** Fills the rest of {@code target} with the bytes at {@code offset}. */
    void read(long offset, ByteBuffer target) {
        check(offset, target.remaining());
        long position = offset;
        try {
            while (target.hasRemaining()) {
                int count = source.read(target, position);
                if (count < 0) {
                    throw errors.malformed("it was cut short while it was being read");
                }
                position += count;
            }
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the checkpoint " + errors.file() + " is closed", e);
        } catch (IOException e) {
            throw errors.unreadable(e);
        }
    }

    byte[] bytes(long offset, int length) {
        check(offset, length);
        byte[] bytes = new byte[length];
        read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    String utf8(long offset, int length) {
        return new String(bytes(offset, length), StandardCharsets.UTF_8);
    }

    int unsignedByte(long offset) {
        return number(offset, Byte.BYTES).get() & 0xff;
    }

    int unsignedShort(long offset) {
        return number(offset, Short.BYTES).getShort() & 0xffff;
    }

    long unsignedInt(long offset) {
        return number(offset, Integer.BYTES).getInt() & 0xffff_ffffL;
    }

    long int64(long offset) {
        return number(offset, Long.BYTES).getLong();
    }

    /** Refuses a range that is not wholly inside the file. */
    void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw errors.malformed("wanted " + length + " bytes at " + offset + ", got a file of " + size + " bytes");
        }
    }

    /** Closes the file; reading fails from then on. */
    void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw errors.unreadable(e);
        }
    }

    private ByteBuffer number(long offset, int length) {
        return ByteBuffer.wrap(bytes(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
