package io.glip4j.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Pixels by OpenCV, whose codecs (libjpeg-turbo, libpng, libwebp) give what Pillow's give. Damaged and truncated files
 * come back empty.
 */
final class OpenCvDecoder {
    private static final int CHANNELS = 3;
    private static final int MAX_SAMPLE = 255;

    private OpenCvDecoder() {}

    /** 8-bit RGB; alpha is dropped, not blended. */
    static Picture decode(Bytes encoded) {
        int flags = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
        try (BytePointer input = new BytePointer(encoded.array());
                Mat row = new Mat(1, encoded.length(), opencv_core.CV_8UC1, input);
                Mat pixels = imdecode(row, flags)) {
            requireDecoded(pixels);
            byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(pixels.rows(), pixels.cols()), CHANNELS)];
            pixels.data().get(rgb);
            Picture picture = new Picture(pixels.cols(), pixels.rows(), rgb);
            pixels.release();
            return picture;
        }
    }

    /** A 16-bit one-channel PNG as Pillow has it: samples above 255 become 255, so that most are white. */
    static Picture decodeGray16(Bytes encoded) {
        int flags = opencv_imgcodecs.IMREAD_ANYDEPTH | opencv_imgcodecs.IMREAD_GRAYSCALE;
        try (BytePointer input = new BytePointer(encoded.array());
                Mat row = new Mat(1, encoded.length(), opencv_core.CV_8UC1, input);
                Mat pixels = imdecode(row, flags)) {
            requireDecoded(pixels);
            int count = Math.multiplyExact(pixels.rows(), pixels.cols());
            byte[] rgb = new byte[Math.multiplyExact(count, CHANNELS)];
            ByteBuffer samples =
                    pixels.data().capacity((long) count * Short.BYTES).asByteBuffer();
            ShortBuffer sixteenBits = samples.order(ByteOrder.nativeOrder()).asShortBuffer();
            for (int i = 0, out = 0; i < count; i++) {
                byte sample = (byte) Math.min(Short.toUnsignedInt(sixteenBits.get(i)), MAX_SAMPLE);
                for (int c = 0; c < CHANNELS; c++) {
                    rgb[out++] = sample;
                }
            }
            Picture picture = new Picture(pixels.cols(), pixels.rows(), rgb);
            pixels.release();
            return picture;
        }
    }

    private static Mat imdecode(Mat encoded, int flags) {
        try {
            return opencv_imgcodecs.imdecode(encoded, flags);
        } catch (RuntimeException e) { // how cv::Exception arrives
            throw new MalformedPictureException("OpenCV refuses it: " + e.getMessage());
        }
    }

    private static void requireDecoded(Mat pixels) {
        if (pixels.empty() || !pixels.isContinuous()) {
            throw new MalformedPictureException("its data is cut off or damaged");
        }
    }
}
