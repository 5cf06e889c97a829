package io.glip4j.input;

/** The orientation of EXIF: read from a TIFF block, and applied to pixels. */
final class ExifOrientation {
    /** Stored as it is to be seen. */
    static final int NONE = 1;

    private static final int LAST = 8;
    private static final int FIRST_TRANSPOSED = 5;
    private static final String PREFIX = "Exif\0\0";
    private static final int TAG = 0x0112;
    private static final int TAG_BYTES = 12;
    private static final int CHANNELS = 3;

    private ExifOrientation() {}

    /** The orientation in the EXIF block of {@code length} bytes at {@code offset}; 1 if it has none or is damaged. */
    static int read(Bytes encoded, long offset, long length) {
        try {
            boolean prefixed = offset < encoded.length() && encoded.startsWith((int) offset, PREFIX);
            long tiff = prefixed ? offset + PREFIX.length() : offset;
            return readTiff(encoded, tiff, offset + length);
        } catch (Bytes.TruncatedException e) {
            return NONE;
        }
    }

    private static int readTiff(Bytes encoded, long tiff, long end) {
        boolean little = encoded.startsWith((int) tiff, "II");
        if (!little && !encoded.startsWith((int) tiff, "MM")) {
            return NONE;
        }
        long directory = tiff + (little ? encoded.u32Little(tiff + 4) : encoded.u32Big(tiff + 4));
        int tags = little ? encoded.u16Little(directory) : encoded.u16Big(directory);
        for (int i = 0; i < tags; i++) {
            long tag = directory + 2 + (long) i * TAG_BYTES;
            if (tag + TAG_BYTES > end) {
                return NONE;
            }
            if ((little ? encoded.u16Little(tag) : encoded.u16Big(tag)) == TAG) {
                int value = little ? encoded.u16Little(tag + 8) : encoded.u16Big(tag + 8);
                return value >= NONE && value <= LAST ? value : NONE;
            }
        }
        return NONE;
    }

    /** The picture as it is to be seen. */
    static Picture apply(Picture stored, int orientation) {
        if (orientation == NONE) {
            return stored;
        }
        boolean transposed = orientation >= FIRST_TRANSPOSED;
        int width = transposed ? stored.height() : stored.width();
        int height = transposed ? stored.width() : stored.height();
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        byte[] from = stored.rgb();
        byte[] to = new byte[from.length];
        int out = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = switch (orientation) {
                    case 2, 3 -> right - x;
                    case 5, 6 -> y;
                    case 7, 8 -> right - y;
                    default -> x;
                };
                int row = switch (orientation) {
                    case 3, 4 -> bottom - y;
                    case 5, 8 -> x;
                    case 6, 7 -> bottom - x;
                    default -> y;
                };
                int in = (row * stored.width() + column) * CHANNELS;
                to[out++] = from[in];
                to[out++] = from[in + 1];
                to[out++] = from[in + 2];
            }
        }
        return new Picture(width, height, to);
    }
}
