package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The CenterNet as an image encoder: at each stride the features of a path of its own kind that is learned, beside what
 * its heatmap of object centres says about the cell beyond what the coarser stride says, which is where its COCO training
 * is most plainly told.
 */
public final class CenterNetEncoder implements ImageEncoder {
    /** The last channels of every map: evidence for each class, then the box of the strongest peak. */
    public static final int EVIDENCE = CenterNet.CLASSES + PeakPooling.BOX;

    /** Of the heatmap, what counts as nothing. */
    public static final double BACKGROUND_LOGIT = PeakPooling.BACKGROUND_LOGIT;

    /** Prefix of the parameters of what is learned. */
    public static final String LEARNED = "learned";

    private static final float[] PIXEL_MEAN_BGR = {103.530f, 116.280f, 123.675f};
    private static final float[] PIXEL_DEVIATION_BGR = {57.375f, 57.120f, 58.395f};

    private final CenterNet network;
    private final LearnedPath path;

    /** Computes in float32 in any form: its depthwise filters gain nothing from less, and its boxes lose by it. */
    public CenterNetEncoder(Parameters parameters) {
        Parameters exact = parameters.in(parameters.form().exact());
        network = new CenterNet(exact);
        path = new LearnedPath(exact.at(LEARNED));
    }

    @Override
    public List<Tensor> forward(Tensor images, Mode mode) {
        CenterNet.Output output = network.forward(toRgb(images));
        CenterNet.Maps maps = path.forward(output);
        List<Tensor> evidence = PeakPooling.pool(output.logits(), output.sides());
        return List.of(
                Tensors.cat(1, maps.at8(), evidence.get(0)),
                Tensors.cat(1, maps.at16(), evidence.get(1)),
                Tensors.cat(1, maps.at32(), evidence.get(2)));
    }

    @Override
    public List<Integer> channels() {
        return List.of(
                CenterNet.CHANNELS_AT_8 + EVIDENCE,
                CenterNet.CHANNELS_AT_16 + EVIDENCE,
                CenterNet.CHANNELS_AT_32 + EVIDENCE);
    }

    /** The evidence that a heatmap's logit is; {@link #BACKGROUND_LOGIT} and less are none. */
    public static double evidence(double logit) {
        return PeakPooling.evidence(logit);
    }

    /**
     * What the heatmap says at each stride, read off the maps of {@link #forward}.
     *
     * @return (N, 80, H, W) at strides 8, 16 and 32: logits that a cell holds the centre of an object of this class and
     *     of this stride's size, at least {@link #BACKGROUND_LOGIT}
     */
    public static List<Tensor> classLogits(List<Tensor> maps) {
        return PeakPooling.logits(maps.stream()
                .map(map -> map.narrow(1, map.size(1) - EVIDENCE, CenterNet.CLASSES))
                .toList());
    }

    /** (N, 3, H, W) normalised BGR to RGB 0..255; padding becomes the mean colour. */
    public static Tensor toRgb(Tensor images) {
        Tensor deviation = Tensors.of(PIXEL_DEVIATION_BGR, 1, 3, 1, 1).to(images);
        Tensor mean = Tensors.of(PIXEL_MEAN_BGR, 1, 3, 1, 1).to(images);
        return images.mul(deviation).add(mean).flip(1);
    }
}
