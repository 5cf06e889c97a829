package io.glip4j.input;

import java.io.ByteArrayOutputStream;

/** The marker segments of a JPEG: its header, and a copy without the segments that do not concern the pixels. */
final class JpegSegments {
    private static final int START_OF_IMAGE_BYTES = 2;
    private static final int ESCAPE = 0xFF;
    private static final int TEM = 0x01;
    private static final int RESTART_0 = 0xD0;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14_ADOBE = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int FIRST_FRAME = 0xC0;
    private static final int LAST_FRAME = 0xCF;

    private JpegSegments() {}

    /** Size, channels and orientation. */
    static PictureHeader header(Bytes encoded) {
        int orientation = 0;
        for (long at = START_OF_IMAGE_BYTES; ; at = next(encoded, at)) {
            at = skipFill(encoded, at);
            int marker = encoded.u8(at + 1);
            long body = at + 4;
            if (marker == APP1 && orientation == 0 && encoded.startsWith((int) body, "Exif\0\0")) {
                orientation = ExifOrientation.read(encoded, body, encoded.u16Big(at + 2) - 2L);
            } else if (isFrame(marker)) {
                return new PictureHeader(
                        PictureFormat.JPEG,
                        encoded.u16Big(body + 3),
                        encoded.u16Big(body + 1),
                        encoded.u8(body + 5),
                        encoded.u8(body),
                        Math.max(orientation, ExifOrientation.NONE));
            } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw new MalformedPictureException("it has no frame header before its data");
            }
        }
    }

    /** Adobe's colour transform, 0 where the file does not say: for four channels 0 is CMYK, 2 is YCCK. */
    static int colourTransform(Bytes encoded) {
        for (long at = START_OF_IMAGE_BYTES; ; at = next(encoded, at)) {
            at = skipFill(encoded, at);
            int marker = encoded.u8(at + 1);
            if (marker == APP14_ADOBE && encoded.startsWith((int) at + 4, "Adobe")) {
                return encoded.u8(at + 15);
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return 0;
            }
        }
    }

    /** The same pixels without comments and application segments but Adobe's, which tells how colours are stored. */
    static byte[] pixelsOnly(Bytes encoded) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(encoded.length());
        kept.write(encoded.array(), 0, START_OF_IMAGE_BYTES);
        long at = START_OF_IMAGE_BYTES;
        while (true) {
            at = skipFill(encoded, at);
            int marker = encoded.u8(at + 1);
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                kept.write(encoded.array(), (int) at, encoded.length() - (int) at);
                return kept.toByteArray();
            }
            long next = next(encoded, at);
            encoded.u8(next - 1);
            boolean application = marker >= APP0 && marker <= APP15 && marker != APP14_ADOBE;
            if (!application && marker != COMMENT) {
                kept.write(encoded.array(), (int) at, (int) (next - at));
            }
            at = next;
        }
    }

    /** True if the compressed data ends with the marker for it. */
    static boolean isComplete(Bytes encoded) {
        long at = START_OF_IMAGE_BYTES;
        int marker = 0;
        try {
            while (marker != END_OF_IMAGE) {
                at = skipFill(encoded, at);
                marker = encoded.u8(at + 1);
                at = next(encoded, at);
                if (marker == START_OF_SCAN) {
                    at = endOfScan(encoded, at);
                }
            }
            return true;
        } catch (Bytes.TruncatedException e) {
            return false;
        }
    }

    private static boolean isFrame(int marker) {
        boolean tables = marker == 0xC4 || marker == 0xC8 || marker == 0xCC; // DHT, JPG, DAC
        return marker >= FIRST_FRAME && marker <= LAST_FRAME && !tables;
    }

    /** Where the marker at or after {@code at} begins; any number of fill bytes may precede it. */
    private static long skipFill(Bytes encoded, long at) {
        if (encoded.u8(at) != ESCAPE) {
            throw new MalformedPictureException("byte " + at + " should begin a JPEG marker");
        }
        long marker = at;
        while (encoded.u8(marker + 1) == ESCAPE) {
            marker++;
        }
        return marker;
    }

    private static long next(Bytes encoded, long at) {
        long begin = skipFill(encoded, at);
        int marker = encoded.u8(begin + 1);
        boolean alone = marker == TEM || (marker >= RESTART_0 && marker <= END_OF_IMAGE);
        return alone ? begin + 2 : begin + 2 + encoded.u16Big(begin + 2);
    }

    private static long endOfScan(Bytes encoded, long from) {
        long at = from;
        while (true) {
            if (encoded.u8(at) == ESCAPE) {
                int follows = encoded.u8(at + 1);
                boolean data = follows == 0 || follows == ESCAPE || (follows >= RESTART_0 && follows < RESTART_0 + 8);
                if (!data) {
                    return at;
                }
            }
            at++;
        }
    }
}
