package io.glip4j.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A whole file mapped read-only, of any size, read little-endian; every access is checked against its end. */
final class MappedFile {
    /** A mapping is at most 2 GiB in Java. */
    private static final long SEGMENT = 1L << 30;

    private final BadFile errors;
    private final long size;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private List<ByteBuffer> segments;

    private MappedFile(BadFile errors, long size, List<ByteBuffer> segments) {
        this.errors = errors;
        this.size = size;
        this.segments = segments;
    }

    static MappedFile open(Path path) {
        BadFile errors = new BadFile(path.toString());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            List<ByteBuffer> segments = new ArrayList<>();
            for (long start = 0; start < size; start += SEGMENT) {
                segments.add(channel.map(MapMode.READ_ONLY, start, Math.min(SEGMENT, size - start)));
            }
            return new MappedFile(errors, size, List.copyOf(segments));
        } catch (IOException | UnsupportedOperationException e) {
            throw errors.unreadable(e);
        }
    }

    /** The same for a file that is in memory already, such as a resource of a jar. */
    static MappedFile of(String source, byte[] content) {
        List<ByteBuffer> segments = new ArrayList<>();
        for (long start = 0; start < content.length; start += SEGMENT) {
            int length = (int) Math.min(SEGMENT, content.length - start);
            segments.add(ByteBuffer.wrap(content, (int) start, length).slice());
        }
        return new MappedFile(new BadFile(source), content.length, List.copyOf(segments));
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
        lock.readLock().lock();
        try {
            copy(segments, offset, target);
        } catch (InternalError e) {
            throw errors.malformed("it was cut short while it was being read", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void copy(List<ByteBuffer> mapped, long offset, ByteBuffer target) {
        if (mapped.isEmpty() && target.hasRemaining()) {
            throw new IllegalStateException("the checkpoint " + errors.file() + " is closed");
        }
        long position = offset;
        while (target.hasRemaining()) {
            ByteBuffer segment = mapped.get((int) (position / SEGMENT));
            int inside = (int) (position % SEGMENT);
            int length = Math.min(target.remaining(), segment.capacity() - inside);
            target.put(segment.slice(inside, length));
            position += length;
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

    /** Gives the memory back, once no thread reads any more. */
    void close() {
        lock.writeLock().lock();
        try {
            List<ByteBuffer> mapped = segments;
            segments = List.of();
            mapped.forEach(Unmapping::unmap);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private ByteBuffer number(long offset, int length) {
        return ByteBuffer.wrap(bytes(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
