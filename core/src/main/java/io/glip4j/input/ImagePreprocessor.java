package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.ImageConfig;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pictures to the network's input: resized, blue-green-red, normalised, padded to one size. */
public final class ImagePreprocessor {
    private static final int CHANNELS = 3;
    private static final int LEVELS = 256;

    /** Mean and standard deviation of ImageNet's samples, blue, green, red. */
    private static final float[] MEAN = {103.530f, 116.280f, 123.675f};

    private static final float[] DEVIATION = {57.375f, 57.120f, 58.395f};
    private static final float[][] NORMALISED = normalisedLevels();

    private final ImageConfig config;

    public ImagePreprocessor(ImageConfig config) {
        this.config = config;
    }

    /**
     * The size a picture is resized to: its shorter side as configured, unless that makes the longer one exceed its
     * bound. The shorter side is rounded half to even, then the other cut to a whole number, so that it may exceed the
     * bound by a little, and both may be 0 for very thin pictures.
     */
    public ImageSize targetSize(ImageSize original) {
        int width = original.width();
        int height = original.height();
        int shorter = Math.min(width, height);
        int longer = Math.max(width, height);
        int target = config.shorterSide();
        if ((double) longer / shorter * target > config.longerSide()) {
            target = (int) Math.rint((double) config.longerSide() * shorter / longer);
        }
        if (shorter == target) {
            return original;
        }
        int other = (int) ((double) target * longer / shorter);
        return width < height ? new ImageSize(target, other) : new ImageSize(other, target);
    }

    /**
     * Resizes a picture as {@link #targetSize} says.
     *
     * @throws GlipException UNREADABLE_PICTURE if it is so thin that a side would vanish
     */
    public ResizedPicture resize(Picture picture) {
        ImageSize original = picture.size();
        ImageSize target = targetSize(original);
        if (target.width() < 1 || target.height() < 1) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_PICTURE,
                    "wanted a picture whose shorter side keeps a pixel when the longer one is "
                            + config.longerSide() + ", got " + original.width() + " x " + original.height()
                            + "; cut it into pieces");
        }
        return new ResizedPicture(PillowResize.bilinear(picture, target.width(), target.height()), original);
    }

    /** Resizes pictures and puts them into one batch, which belongs to the open tensor scope. */
    public ImageBatch prepare(List<Picture> pictures) {
        return batch(pictures.stream().map(this::resize).toList());
    }

    /** Puts resized pictures into one batch, which belongs to the open tensor scope. */
    public ImageBatch batch(List<ResizedPicture> pictures) {
        if (pictures.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted at least one picture, got none; give one or more");
        }
        int height =
                padded(pictures.stream().mapToInt(p -> p.size().height()).max().orElseThrow());
        int width =
                padded(pictures.stream().mapToInt(p -> p.size().width()).max().orElseThrow());
        Tensor images = torch.zeros(pictures.size(), CHANNELS, height, width); // (N, 3, H, W)
        try (FloatPointer data = images.data_ptr_float()) {
            long plane = (long) height * width;
            for (int n = 0; n < pictures.size(); n++) {
                Picture picture = pictures.get(n).picture();
                for (int channel = 0; channel < CHANNELS; channel++) {
                    write(picture, channel, data, (n * (long) CHANNELS + channel) * plane, width);
                }
            }
        }
        return new ImageBatch(
                images,
                pictures.stream().map(ResizedPicture::size).toList(),
                pictures.stream().map(ResizedPicture::original).toList());
    }

    private static void write(Picture picture, int channel, FloatPointer data, long plane, int paddedWidth) {
        float[] levels = NORMALISED[channel];
        float[] row = new float[picture.width()];
        byte[] rgb = picture.rgb();
        int in = CHANNELS - 1 - channel; // red, green, blue are stored, blue comes first here
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = levels[rgb[in] & 0xFF];
                in += CHANNELS;
            }
            data.position(plane + (long) y * paddedWidth).put(row);
        }
    }

    private int padded(int side) {
        return (side + config.divisor() - 1) / config.divisor() * config.divisor();
    }

    private static float[][] normalisedLevels() {
        float[][] levels = new float[CHANNELS][LEVELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                levels[channel][level] = (level - MEAN[channel]) / DEVIATION[channel];
            }
        }
        return levels;
    }
}
