package io.glip4j.paint;

import io.glip4j.geometry.RunLengthMask;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;

/** A mask as a picture of its own: 8-bit grey, white where the thing is, black elsewhere. */
public final class MaskPng {
    private static final byte WHITE = (byte) 255;

    private MaskPng() {}

    /**
     * Writes a PNG, which replaces a file of that name only when it is complete.
     *
     * @throws io.glip4j.GlipException CANNOT_WRITE
     */
    public static void save(RunLengthMask mask, Path png) {
        BufferedImage image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        boolean[] pixels = mask.pixels();
        for (int i = 0; i < grey.length; i++) {
            grey[i] = pixels[i] ? WHITE : 0;
        }
        PngFile.write(image, png);
    }
}
