package io.glip4j.input;

/** The header of a BMP. */
final class BmpHeader {
    private static final int DATA_OFFSET = 10;
    private static final int INFO = 14;
    private static final int CORE_INFO_BYTES = 12;
    private static final int RAW = 0;
    private static final int BIT_FIELDS = 3;
    private static final int CHANNELS = 3;
    private static final int ROW_ALIGNMENT_BITS = 32;

    private BmpHeader() {}

    static PictureHeader read(Bytes encoded) {
        if (isCore(encoded)) {
            return header(encoded.u16Little(INFO + 4), encoded.u16Little(INFO + 6), encoded.u16Little(INFO + 10));
        }
        int width = (int) encoded.u32Little(INFO + 4);
        return header(width, Math.abs((long) signedHeight(encoded)), encoded.u16Little(INFO + 14));
    }

    private static PictureHeader header(long width, long height, int bitsPerPixel) {
        return new PictureHeader(PictureFormat.BMP, width, height, CHANNELS, bitsPerPixel, ExifOrientation.NONE);
    }

    /** Fails if rows that are stored as they are do not all fit the file. */
    static void requireWhole(PictureHeader header, Bytes encoded) {
        long compression = compression(encoded);
        if (compression == RAW || compression == BIT_FIELDS) {
            encoded.u8(dataOffset(encoded) + rowBytes(header) * header.height() - 1);
        }
    }

    static long rowBytes(PictureHeader header) {
        return (header.width() * header.bitDepth() + ROW_ALIGNMENT_BITS - 1) / ROW_ALIGNMENT_BITS * 4;
    }

    static long dataOffset(Bytes encoded) {
        return encoded.u32Little(DATA_OFFSET);
    }

    static boolean isTopRowFirst(Bytes encoded) {
        return !isCore(encoded) && signedHeight(encoded) < 0;
    }

    static boolean hasBitFields(Bytes encoded) {
        return compression(encoded) == BIT_FIELDS;
    }

    /** Which bits of a pixel are green; only where {@link #hasBitFields}. */
    static long greenMask(Bytes encoded) {
        return encoded.u32Little(INFO + 44);
    }

    private static long compression(Bytes encoded) {
        return isCore(encoded) ? RAW : encoded.u32Little(INFO + 16);
    }

    private static int signedHeight(Bytes encoded) {
        return (int) encoded.u32Little(INFO + 8);
    }

    private static boolean isCore(Bytes encoded) {
        return encoded.u32Little(INFO) == CORE_INFO_BYTES;
    }
}
