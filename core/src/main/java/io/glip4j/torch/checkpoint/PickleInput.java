package io.glip4j.torch.checkpoint;

import java.nio.charset.StandardCharsets;

/** Reads a pickle's bytes in order, from a range of a file that it never leaves. */
final class PickleInput {
    /** Longer strings and numbers have no place in a checkpoint. */
    private static final long MAX_TEXT = 1 << 24;

    private static final int WINDOW = 1 << 16;

    private final FileContent file;
    private final long end;
    private long position;
    private byte[] window = new byte[0];
    private long windowStart;

    PickleInput(FileContent file, long start, long length) {
        file.check(start, length);
        this.file = file;
        this.position = start;
        this.end = start + length;
    }

    /** Where the next byte lies in the file. */
    long position() {
        return position;
    }

    BadFile errors() {
        return file.errors();
    }

    int unsignedByte() {
        require(1);
        if (position < windowStart || position >= windowStart + window.length) {
            windowStart = position;
            window = file.bytes(position, (int) Math.min(WINDOW, end - position));
        }
        int value = window[(int) (position - windowStart)] & 0xff;
        position++;
        return value;
    }

    /** A little-endian number of up to 8 bytes, without sign but for the eighth byte's. */
    long number(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) unsignedByte() << (8 * i);
        }
        return value;
    }

    /** A little-endian number of 4 bytes with its sign. */
    long signedInt() {
        return number(Integer.BYTES) << Integer.SIZE >> Integer.SIZE;
    }

    byte[] bytes(long length) {
        if (length < 0 || length > MAX_TEXT) {
            throw errors().malformed("its pickle has a value of " + length + " bytes; wanted at most " + MAX_TEXT);
        }
        require(length);
        byte[] bytes = file.bytes(position, (int) length);
        position += length;
        return bytes;
    }

    String utf8(long length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** Text up to a line feed, which is taken but not returned. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            line.append((char) c);
            if (line.length() > WINDOW) {
                throw errors().malformed("its pickle has a line of more than " + WINDOW + " bytes");
            }
        }
        return line.toString();
    }

    private void require(long length) {
        if (length > end - position) {
            throw errors().malformed("its pickle ends in the middle of a value, at byte " + end);
        }
    }
}
