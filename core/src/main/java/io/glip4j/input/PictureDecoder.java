package io.glip4j.input;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * From an encoded picture to 8-bit RGB as stored, by Pillow's rules for {@code convert("RGB")}. OpenCV decodes what it
 * decodes to the same samples; CMYK JPEG, GIF and 16-bit BMP go other ways.
 */
final class PictureDecoder {
    private static final int CHANNELS = 3;
    private static final int CMYK_CHANNELS = 4;
    private static final int SIXTEEN_BITS = 16;

    private PictureDecoder() {}

    /** Throws {@link Bytes.TruncatedException} or {@link MalformedPictureException}. */
    static Picture decode(PictureHeader header, Bytes encoded) {
        boolean sixteenBits = header.bitDepth() == SIXTEEN_BITS;
        return switch (header.format()) {
            case JPEG -> header.channels() == CMYK_CHANNELS ? cmykJpeg(encoded) : OpenCvDecoder.decode(encoded);
            case PNG -> {
                Bytes pixels = PngChunks.pixelsOnly(encoded);
                boolean gray16 = sixteenBits && header.channels() == 1;
                yield gray16 ? OpenCvDecoder.decodeGray16(pixels) : OpenCvDecoder.decode(pixels);
            }
            case GIF -> gif(encoded);
            case BMP -> {
                BmpHeader.requireWhole(header, encoded);
                yield sixteenBits ? SixteenBitBmp.decode(header, encoded) : OpenCvDecoder.decode(encoded);
            }
            case WEBP -> OpenCvDecoder.decode(encoded);
        };
    }

    /** The first frame; where it leaves the canvas free, the transparent colour's RGB. */
    private static Picture gif(Bytes encoded) {
        GifFrame frame = GifFrame.read(encoded);
        Raster indices = readWithImageIo("gif", encoded.array(), reader -> {
            BufferedImage image = reader.read(0);
            return image.getRaster();
        });
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(frame.width(), frame.height()), CHANNELS)];
        for (int offset = 0; offset < rgb.length; offset += CHANNELS) {
            frame.palette().put(frame.background(), rgb, offset);
        }
        int[] row = new int[indices.getWidth()];
        for (int y = 0; y < indices.getHeight(); y++) {
            indices.getSamples(0, y, row.length, 1, 0, row);
            int offset = ((frame.top() + y) * frame.width() + frame.left()) * CHANNELS;
            for (int index : row) {
                frame.palette().put(index, rgb, offset);
                offset += CHANNELS;
            }
        }
        return new Picture(frame.width(), frame.height(), rgb);
    }

    private static Picture cmykJpeg(Bytes encoded) {
        if (!JpegSegments.isComplete(encoded)) {
            throw new MalformedPictureException("its data is cut off");
        }
        Raster stored = readWithImageIo("jpeg", JpegSegments.pixelsOnly(encoded), reader -> reader.readRaster(0, null));
        return CmykColours.toRgb(stored, JpegSegments.colourTransform(encoded));
    }

    private interface RasterReading {
        Raster read(ImageReader reader) throws IOException;
    }

    /** Through javax.imageio, in memory only. */
    private static Raster readWithImageIo(String format, byte[] encoded, RasterReading reading) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(input);
            return reading.read(reader);
        } catch (IOException | RuntimeException e) {
            throw new MalformedPictureException("its data is cut off or damaged (" + e.getMessage() + ")");
        } finally {
            reader.dispose();
        }
    }
}
