package io.glip4j.input;

/**
 * Where the first frame of a GIF stands and which colours it has.
 *
 * @param width columns of the canvas, widened to hold the frame
 * @param height rows of the canvas
 */
record GifFrame(int width, int height, int left, int top, int background, Palette palette) {
    private static final int SCREEN = 6;
    private static final int BLOCKS = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int HAS_TABLE = 0x80;
    private static final int CHANNELS = 3;
    private static final int COLOURS = 256;

    /** 256 colours, red, green, blue each; a gray ramp where the file names none. */
    static final class Palette {
        private final byte[] colours = new byte[COLOURS * CHANNELS];

        private Palette() {
            for (int i = 0; i < colours.length; i++) {
                colours[i] = (byte) (i / CHANNELS);
            }
        }

        /** Writes the colour of {@code index} at {@code offset}. */
        void put(int index, byte[] rgb, int offset) {
            System.arraycopy(colours, index * CHANNELS, rgb, offset, CHANNELS);
        }

        private void set(Bytes encoded, long offset, int length) {
            encoded.u8(offset + length - 1);
            System.arraycopy(encoded.array(), (int) offset, colours, 0, length);
        }
    }

    PictureHeader header() {
        return new PictureHeader(PictureFormat.GIF, width, height, CHANNELS, Byte.SIZE, ExifOrientation.NONE);
    }

    static GifFrame read(Bytes encoded) {
        Palette palette = new Palette();
        int screenFlags = encoded.u8(SCREEN + 4);
        long at = (long) BLOCKS + tableBytes(screenFlags);
        if ((screenFlags & HAS_TABLE) != 0) {
            palette.set(encoded, BLOCKS, tableBytes(screenFlags));
        }
        int transparent = 0;
        while (encoded.u8(at) != IMAGE) {
            if (encoded.u8(at) != EXTENSION) {
                throw new MalformedPictureException("it holds no frame");
            }
            if (encoded.u8(at + 1) == GRAPHIC_CONTROL && (encoded.u8(at + 3) & 1) != 0) {
                transparent = encoded.u8(at + 6);
            }
            at = afterBlocks(encoded, at + 2);
        }
        int left = encoded.u16Little(at + 1);
        int top = encoded.u16Little(at + 3);
        int frameFlags = encoded.u8(at + 9);
        if ((frameFlags & HAS_TABLE) != 0) {
            palette = new Palette();
            palette.set(encoded, at + 10, tableBytes(frameFlags));
        }
        afterBlocks(encoded, at + 11 + tableBytes(frameFlags)); // fails where the frame's data is cut off
        return new GifFrame(
                Math.max(encoded.u16Little(SCREEN), left + encoded.u16Little(at + 5)),
                Math.max(encoded.u16Little(SCREEN + 2), top + encoded.u16Little(at + 7)),
                left,
                top,
                transparent,
                palette);
    }

    private static int tableBytes(int flags) {
        return (flags & HAS_TABLE) == 0 ? 0 : CHANNELS * (2 << (flags & 7));
    }

    private static long afterBlocks(Bytes encoded, long from) {
        long at = from;
        while (encoded.u8(at) != 0) {
            at += 1 + encoded.u8(at);
        }
        return at + 1;
    }
}
