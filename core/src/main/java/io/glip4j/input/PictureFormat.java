package io.glip4j.input;

import java.util.Optional;

/** The picture formats glip4j reads, told apart by their first bytes, never by the file's name. */
enum PictureFormat {
    JPEG,
    PNG,
    GIF,
    BMP,
    WEBP;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int RIFF_TYPE_OFFSET = 8;

    /** Which format {@code encoded} starts as. */
    static Optional<PictureFormat> of(Bytes encoded) {
        if (encoded.startsWith(0, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF)) {
            return Optional.of(JPEG);
        }
        if (encoded.startsWith(0, PNG_SIGNATURE)) {
            return Optional.of(PNG);
        }
        if (encoded.startsWith(0, "GIF87a") || encoded.startsWith(0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (encoded.startsWith(0, "RIFF") && encoded.startsWith(RIFF_TYPE_OFFSET, "WEBP")) {
            return Optional.of(WEBP);
        }
        if (encoded.startsWith(0, "BM")) {
            return Optional.of(BMP);
        }
        return Optional.empty();
    }
}
