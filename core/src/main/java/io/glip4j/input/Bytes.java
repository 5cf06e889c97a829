package io.glip4j.input;

import java.nio.charset.StandardCharsets;

/** An encoded picture to look into; every read checks its bounds and fails with {@link TruncatedException}. */
final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    /** The file ended where its own header says that more follows. */
    static final class TruncatedException extends RuntimeException {
        TruncatedException(long offset, int length) {
            super("it ends after " + length + " bytes, where its header promises byte " + offset);
        }
    }

    int length() {
        return content.length;
    }

    /** The content itself: to read only. */
    byte[] array() {
        return content;
    }

    boolean startsWith(int offset, byte... wanted) {
        if (offset + wanted.length > content.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (content[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(int offset, String wanted) {
        return startsWith(offset, wanted.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code length} bytes as Latin-1. */
    String text(long offset, int length) {
        u8(offset + length - 1);
        return new String(content, (int) offset, length, StandardCharsets.ISO_8859_1);
    }

    int u8(long offset) {
        if (offset < 0 || offset >= content.length) {
            throw new TruncatedException(offset, content.length);
        }
        return Byte.toUnsignedInt(content[(int) offset]);
    }

    int u16Little(long offset) {
        return u8(offset) | (u8(offset + 1) << 8);
    }

    int u16Big(long offset) {
        return (u8(offset) << 8) | u8(offset + 1);
    }

    int u24Little(long offset) {
        return u16Little(offset) | (u8(offset + 2) << 16);
    }

    long u32Little(long offset) {
        return u16Little(offset) | ((long) u16Little(offset + 2) << 16);
    }

    long u32Big(long offset) {
        return ((long) u16Big(offset) << 16) | u16Big(offset + 2);
    }
}
