package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.input.PillowResize;
import io.glip4j.model.encoder.CenterNet;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The whole published CenterNet as a detector of COCO's 80 classes, to label pictures and to compare with. */
public final class CenterNetTeacher implements AutoCloseable {
    /** Names of the 80 classes in the network's order, which is COCO's. */
    public static final List<String> CLASSES = List.of(
            "person",
            "bicycle",
            "car",
            "motorcycle",
            "airplane",
            "bus",
            "train",
            "truck",
            "boat",
            "traffic light",
            "fire hydrant",
            "stop sign",
            "parking meter",
            "bench",
            "bird",
            "cat",
            "dog",
            "horse",
            "sheep",
            "cow",
            "elephant",
            "bear",
            "zebra",
            "giraffe",
            "backpack",
            "umbrella",
            "handbag",
            "tie",
            "suitcase",
            "frisbee",
            "skis",
            "snowboard",
            "sports ball",
            "kite",
            "baseball bat",
            "baseball glove",
            "skateboard",
            "surfboard",
            "tennis racket",
            "bottle",
            "wine glass",
            "cup",
            "fork",
            "knife",
            "spoon",
            "bowl",
            "banana",
            "apple",
            "sandwich",
            "orange",
            "broccoli",
            "carrot",
            "hot dog",
            "pizza",
            "donut",
            "cake",
            "chair",
            "couch",
            "potted plant",
            "bed",
            "dining table",
            "toilet",
            "tv",
            "laptop",
            "mouse",
            "remote",
            "keyboard",
            "cell phone",
            "microwave",
            "oven",
            "toaster",
            "sink",
            "refrigerator",
            "book",
            "clock",
            "vase",
            "scissors",
            "teddy bear",
            "hair drier",
            "toothbrush");

    private static final int MOST = 100;
    private static final long NEIGHBOURHOOD = 3;
    private static final int DIVISOR = 32;
    private static final int LONGEST = 4096;
    private static final int CHANNELS = 3;

    private final Parameters parameters;
    private final CenterNet network;

    /**
     * One object.
     *
     * @param label index into {@link #CLASSES}
     * @param score 0..1
     * @param box in the frame of the network's input, not clipped to it
     */
    public record Found(int label, double score, BoxXyxy box) {}

    public CenterNetTeacher() {
        parameters = Parameters.uninitialized();
        network = new CenterNet(parameters);
        CenterNetWeights.load(parameters, "");
    }

    /**
     * Finds objects in one picture.
     *
     * @param rgb (1, 3, H, W), RGB 0..255, sides multiples of 32
     * @param threshold least score, 0..1
     * @return at most 100 objects, best first
     */
    public List<Found> find(Tensor rgb, double threshold) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            CenterNet.Output output = network.forward(rgb);
            Tensor logits = output.logits(); // (1, K, h, w)
            Tensor largest = torch.max_pool2d(
                    logits,
                    new long[] {NEIGHBOURHOOD, NEIGHBOURHOOD},
                    new long[] {1, 1},
                    new long[] {NEIGHBOURHOOD / 2, NEIGHBOURHOOD / 2},
                    new long[] {1, 1},
                    false);
            Tensor peaks = torch.sigmoid(logits).mul(logits.eq(largest)).flatten();
            T_TensorTensor_T best = peaks.topk(Math.min(MOST, peaks.numel()), -1, true, true);
            float[] scores = Tensors.toFloats(new Tensor(best.get0()));
            long[] at = Tensors.toLongs(new Tensor(best.get1()));
            float[] sides = Tensors.toFloats(output.sides());
            int width = (int) logits.size(3);
            int area = (int) logits.size(2) * width;
            List<Found> found = new ArrayList<>();
            for (int i = 0; i < at.length && scores[i] >= threshold; i++) {
                int place = (int) (at[i] % area);
                found.add(new Found((int) (at[i] / area), scores[i], box(sides, place, area, width)));
            }
            return found;
        }
    }

    /**
     * Finds objects in a picture, resized so that its longer side is as given and padded with black on the right and
     * below.
     *
     * @param longerSide pixels, a multiple of 32
     * @param threshold least score, 0..1
     * @return at most 100 objects, best first, in pixels of the picture, not clipped to it
     */
    public List<Found> find(Picture picture, int longerSide, double threshold) {
        requireSide(longerSide);
        double scale = (double) longerSide / Math.max(picture.width(), picture.height());
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        Picture resized = PillowResize.bilinear(picture, width, height);
        double horizontal = (double) picture.width() / width;
        double vertical = (double) picture.height() / height;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return find(padded(resized), threshold).stream()
                    .map(found ->
                            new Found(found.label(), found.score(), found.box().scaled(horizontal, vertical)))
                    .toList();
        }
    }

    /** Refuses what pictures cannot be resized to. */
    public static void requireSide(int longerSide) {
        if (longerSide < DIVISOR || longerSide > LONGEST || longerSide % DIVISOR != 0) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "CenterNet: wanted a longer side that is a multiple of " + DIVISOR + " up to " + LONGEST + ", got "
                            + longerSide);
        }
    }

    private static Tensor padded(Picture picture) {
        int width = roundedUp(picture.width());
        int height = roundedUp(picture.height());
        float[] planes = new float[CHANNELS * height * width];
        byte[] rgb = picture.rgb();
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    planes[(channel * height + y) * width + x] = rgb[at++] & 0xff;
                }
            }
        }
        return Tensors.of(planes, 1, CHANNELS, height, width);
    }

    private static int roundedUp(int side) {
        return (side + DIVISOR - 1) / DIVISOR * DIVISOR;
    }

    private static BoxXyxy box(float[] sides, int place, int area, int width) {
        int x = place % width * CenterNet.STRIDE;
        int y = place / width * CenterNet.STRIDE;
        return new BoxXyxy(
                x - sides[place], y - sides[area + place], x + sides[2 * area + place], y + sides[3 * area + place]);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
