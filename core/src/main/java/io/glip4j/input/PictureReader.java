package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads pictures: JPEG (also gray, CMYK, progressive), PNG, GIF and WebP (first frame), BMP. The samples are those of
 * Pillow's {@code convert("RGB")}: alpha is dropped without blending, 16-bit RGB keeps the high byte.
 *
 * @param maxPixels pictures of more are refused before they are decoded
 * @param applyOrientation whether the EXIF orientation is applied
 */
public record PictureReader(long maxPixels, boolean applyOrientation) {
    /** 178 megapixels: where Pillow, too, refuses a picture as a decompression bomb. */
    public static final long DEFAULT_MAX_PIXELS = 178_956_970;

    /** At most {@link #DEFAULT_MAX_PIXELS}, orientation applied. */
    public static final PictureReader DEFAULT = new PictureReader(DEFAULT_MAX_PIXELS, true);

    /** As GLIP reads data sets: EXIF orientation is ignored, because annotations are made on the stored pixels. */
    public static final PictureReader AS_STORED = DEFAULT.withOrientation(false);

    private static final long MAX_ENCODED_BYTES = 1L << 30;
    private static final long MAX_ARRAY_PIXELS = Integer.MAX_VALUE / 3 - 8;
    private static final int SHOWN_BYTES = 8;
    private static final int HEADER_BYTES = 1 << 16;

    public PictureReader {
        if (maxPixels < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted maxPixels of at least 1, got " + maxPixels + "; give 1 or more");
        }
    }

    public PictureReader withMaxPixels(long limit) {
        return new PictureReader(limit, applyOrientation);
    }

    public PictureReader withOrientation(boolean applied) {
        return new PictureReader(maxPixels, applied);
    }

    /**
     * Reads a picture file.
     *
     * @throws GlipException UNREADABLE_PICTURE if it is missing, truncated, damaged or of another format;
     *     PICTURE_TOO_LARGE if it has more than {@link #maxPixels} pixels
     */
    public Picture read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw unreadable(
                    file.toString(),
                    "a picture file",
                    Files.isDirectory(file) ? "a folder" : "no such file",
                    "check the path");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(stream, file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), "a readable file", String.valueOf(e), "check its permissions");
        }
    }

    /**
     * The size of a picture as it is stored, by its header: a quick look that decodes nothing, so that what is behind
     * the header may be damaged.
     *
     * @throws GlipException as {@link #read(Path)}
     */
    public ImageSize storedSize(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return storedSize(stream, file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), "a readable file", String.valueOf(e), "check the path");
        }
    }

    /** As above, of a stream, which is not closed. */
    public ImageSize storedSize(InputStream stream, String name) {
        try {
            byte[] beginning = stream.readNBytes(HEADER_BYTES);
            try {
                return storedSize(beginning, name);
            } catch (GlipException needsMore) {
                byte[] rest = stream.readNBytes((int) MAX_ENCODED_BYTES - beginning.length);
                byte[] whole = Arrays.copyOf(beginning, beginning.length + rest.length);
                System.arraycopy(rest, 0, whole, beginning.length, rest.length);
                return storedSize(whole, name);
            }
        } catch (IOException e) {
            throw unreadable(name, "a picture to look into", String.valueOf(e), "check where it comes from");
        }
    }

    private ImageSize storedSize(byte[] encoded, String name) {
        PictureHeader header = header(new Bytes(encoded), name);
        return new ImageSize((int) header.width(), (int) header.height());
    }

    /** Reads a stream to its end, without closing it; {@code name} is what errors call it. */
    public Picture read(InputStream stream, String name) {
        byte[] encoded;
        try {
            encoded = stream.readNBytes((int) MAX_ENCODED_BYTES);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_PICTURE,
                    name + ": wanted to read it to its end, got " + e + "; check where it comes from",
                    e);
        }
        return read(encoded, name);
    }

    /** Reads an encoded picture; {@code name} is what errors call it. */
    public Picture read(byte[] encoded, String name) {
        Bytes bytes = new Bytes(encoded);
        PictureHeader header = header(bytes, name);
        try {
            Picture stored = PictureDecoder.decode(header, bytes);
            requireAsAnnounced(header, stored);
            return applyOrientation ? ExifOrientation.apply(stored, header.orientation()) : stored;
        } catch (Bytes.TruncatedException | MalformedPictureException e) {
            throw damaged(header.format(), bytes, name, e);
        }
    }

    private PictureHeader header(Bytes encoded, String name) {
        PictureFormat format = PictureFormat.of(encoded)
                .orElseThrow(() -> unreadable(
                        name,
                        "a JPEG, PNG, GIF, BMP or WebP picture",
                        describe(encoded.array()),
                        "convert it to one of these"));
        try {
            PictureHeader header = PictureHeader.read(format, encoded);
            requireSize(header, name);
            return header;
        } catch (Bytes.TruncatedException | MalformedPictureException e) {
            throw damaged(format, encoded, name, e);
        }
    }

    private static GlipException damaged(PictureFormat format, Bytes encoded, String name, RuntimeException cause) {
        return unreadable(
                name,
                "a whole " + format + " picture",
                "a damaged one of " + encoded.length() + " bytes: " + cause.getMessage(),
                "fetch or export it again");
    }

    private void requireSize(PictureHeader header, String name) {
        long limit = Math.min(maxPixels, MAX_ARRAY_PIXELS);
        if (header.pixels() > limit) {
            throw new GlipException(
                    ErrorCode.PICTURE_TOO_LARGE,
                    name + ": wanted a picture of at most " + limit + " pixels, got " + header.width() + " x "
                            + header.height() + "; scale it down or raise the limit");
        }
    }

    private static void requireAsAnnounced(PictureHeader header, Picture decoded) {
        if (decoded.width() != header.width() || decoded.height() != header.height()) {
            throw new MalformedPictureException("its header gives " + header.width() + " x " + header.height()
                    + " pixels, its data " + decoded.width() + " x " + decoded.height());
        }
    }

    private static String describe(byte[] encoded) {
        if (encoded.length == 0) {
            return "an empty file";
        }
        byte[] first = Arrays.copyOf(encoded, Math.min(SHOWN_BYTES, encoded.length));
        return encoded.length + " bytes that begin with "
                + HexFormat.ofDelimiter(" ").formatHex(first);
    }

    private static GlipException unreadable(String name, String wanted, String got, String advice) {
        return new GlipException(
                ErrorCode.UNREADABLE_PICTURE, name + ": wanted " + wanted + ", got " + got + "; " + advice);
    }
}
