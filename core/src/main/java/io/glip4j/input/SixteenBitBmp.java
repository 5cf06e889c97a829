package io.glip4j.input;

/** BMP with 5:5:5 or 5:6:5 bits a pixel, whose samples are stretched to 0..255 as {@code v * 255 / 31}. */
final class SixteenBitBmp {
    private static final int CHANNELS = 3;
    private static final int GREEN_OF_565 = 0x7E0;
    private static final int GREEN_OF_555 = 0x3E0;
    private static final int GREEN_SHIFT = 5;
    private static final int FIVE_BITS = 31;
    private static final int SIX_BITS = 63;
    private static final int MAX = 255;

    private SixteenBitBmp() {}

    static Picture decode(PictureHeader header, Bytes encoded) {
        long green = BmpHeader.hasBitFields(encoded) ? BmpHeader.greenMask(encoded) : GREEN_OF_555;
        if (green != GREEN_OF_555 && green != GREEN_OF_565) {
            throw new MalformedPictureException("its 16-bit pixels are neither 5:5:5 nor 5:6:5");
        }
        int greenBits = green == GREEN_OF_565 ? SIX_BITS : FIVE_BITS;
        int redShift = green == GREEN_OF_565 ? 11 : 10;
        int width = Math.toIntExact(header.width());
        int height = Math.toIntExact(header.height());
        boolean topRowFirst = BmpHeader.isTopRowFirst(encoded);
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
        int out = 0;
        for (int y = 0; y < height; y++) {
            int storedRow = topRowFirst ? y : height - 1 - y;
            long at = BmpHeader.dataOffset(encoded) + BmpHeader.rowBytes(header) * storedRow;
            for (int x = 0; x < width; x++) {
                int pixel = encoded.u16Little(at + (long) Short.BYTES * x);
                rgb[out++] = (byte) (((pixel >> redShift) & FIVE_BITS) * MAX / FIVE_BITS);
                rgb[out++] = (byte) (((pixel >> GREEN_SHIFT) & greenBits) * MAX / greenBits);
                rgb[out++] = (byte) ((pixel & FIVE_BITS) * MAX / FIVE_BITS);
            }
        }
        return new Picture(width, height, rgb);
    }
}
