package io.glip4j.input;

/**
 * What a picture file says of itself before any pixel is decoded.
 *
 * @param width columns as stored, before the orientation is applied
 * @param height rows as stored
 * @param channels samples of a pixel as stored (4: CMYK in a JPEG)
 * @param bitDepth bits of a sample, in BMP of a pixel
 * @param orientation EXIF orientation, 1..8; 1 where there is none
 */
record PictureHeader(PictureFormat format, long width, long height, int channels, int bitDepth, int orientation) {
    private static final int WEBP_LEAST_BYTES = 32;
    private static final int WEBP_CHUNKS = 12;
    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int COLOURS = 3;
    private static final int BYTE_BITS = 8;

    /** Reads the header; throws {@link Bytes.TruncatedException} or {@link MalformedPictureException}. */
    static PictureHeader read(PictureFormat format, Bytes encoded) {
        PictureHeader header = switch (format) {
            case JPEG -> JpegSegments.header(encoded);
            case PNG -> PngChunks.header(encoded);
            case GIF -> GifFrame.read(encoded).header();
            case BMP -> BmpHeader.read(encoded);
            case WEBP -> webp(encoded);
        };
        if (header.width < 1 || header.height < 1) {
            throw new MalformedPictureException("its header gives the size " + header.width + " x " + header.height);
        }
        return header;
    }

    /** Columns times rows; {@link Long#MAX_VALUE} where a hostile header makes it more. */
    long pixels() {
        return height > Long.MAX_VALUE / width ? Long.MAX_VALUE : width * height;
    }

    private static PictureHeader webp(Bytes encoded) {
        encoded.u8(Math.max(WEBP_LEAST_BYTES, encoded.u32Little(4) + 8) - 1);
        int data = WEBP_CHUNKS + 8;
        if (encoded.startsWith(WEBP_CHUNKS, "VP8X")) {
            return webp(encoded.u24Little(data + 4) + 1, encoded.u24Little(data + 7) + 1, webpOrientation(encoded));
        }
        if (encoded.startsWith(WEBP_CHUNKS, "VP8L")) {
            long sizes = encoded.u32Little(data + 1);
            return webp(
                    (int) (sizes & FOURTEEN_BITS) + 1, (int) ((sizes >> 14) & FOURTEEN_BITS) + 1, ExifOrientation.NONE);
        }
        if (encoded.startsWith(WEBP_CHUNKS, "VP8 ")) {
            int width = encoded.u16Little(data + 6) & FOURTEEN_BITS;
            int height = encoded.u16Little(data + 8) & FOURTEEN_BITS;
            return webp(width, height, ExifOrientation.NONE);
        }
        throw new MalformedPictureException("its first WebP chunk is of an unknown kind");
    }

    private static PictureHeader webp(int width, int height, int orientation) {
        return new PictureHeader(PictureFormat.WEBP, width, height, COLOURS, BYTE_BITS, orientation);
    }

    private static int webpOrientation(Bytes encoded) {
        long chunk = WEBP_CHUNKS;
        while (chunk + 8 <= encoded.length()) {
            long length = encoded.u32Little(chunk + 4);
            if (encoded.startsWith((int) chunk, "EXIF")) {
                return ExifOrientation.read(encoded, chunk + 8, length);
            }
            chunk += 8 + length + (length & 1);
        }
        return ExifOrientation.NONE;
    }
}
