package io.glip4j.input;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG: its header, and a checked copy of those that make the pixels. */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;
    private static final int OVERHEAD = 12;
    private static final int HEADER_DATA = SIGNATURE_BYTES + 8;
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    private PngChunks() {}

    /** Size, channels, depth and orientation. */
    static PictureHeader header(Bytes encoded) {
        if (!encoded.startsWith(SIGNATURE_BYTES + 4, "IHDR")) {
            throw new MalformedPictureException("it does not begin with an IHDR chunk");
        }
        int channels = switch (encoded.u8(HEADER_DATA + 9)) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            case 6 -> 4;
            default -> throw new MalformedPictureException("its IHDR chunk has an unknown colour type");
        };
        return new PictureHeader(
                PictureFormat.PNG,
                encoded.u32Big(HEADER_DATA),
                encoded.u32Big(HEADER_DATA + 4),
                channels,
                encoded.u8(HEADER_DATA + 8),
                orientation(encoded));
    }

    private static int orientation(Bytes encoded) {
        long chunk = SIGNATURE_BYTES;
        while (chunk + OVERHEAD <= encoded.length()) {
            long length = encoded.u32Big(chunk);
            if (encoded.startsWith((int) chunk + 4, "eXIf")) {
                return ExifOrientation.read(encoded, chunk + 8, length);
            }
            chunk += OVERHEAD + length;
        }
        return ExifOrientation.NONE;
    }

    /** The same pixels without alpha table, profiles and texts; fails if a chunk is cut off or its checksum wrong. */
    static Bytes pixelsOnly(Bytes encoded) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(encoded.length());
        kept.write(encoded.array(), 0, SIGNATURE_BYTES);
        long chunk = SIGNATURE_BYTES;
        String kind = "";
        while (!kind.equals("IEND")) {
            long length = encoded.u32Big(chunk);
            long end = chunk + OVERHEAD + length;
            encoded.u8(end - 1);
            kind = encoded.text(chunk + 4, 4);
            if (PIXELS.contains(kind)) {
                CRC32 checksum = new CRC32();
                checksum.update(encoded.array(), (int) chunk + 4, (int) length + 4);
                if (checksum.getValue() != encoded.u32Big(end - 4)) {
                    throw new MalformedPictureException("the checksum of its " + kind + " chunk is wrong");
                }
                kept.write(encoded.array(), (int) chunk, (int) (end - chunk));
            }
            chunk = end;
        }
        return new Bytes(kept.toByteArray());
    }
}
