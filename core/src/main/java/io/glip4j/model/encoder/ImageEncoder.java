package io.glip4j.model.encoder;

import io.glip4j.model.ImageEncoderConfig;
import io.glip4j.model.Mode;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Parameters;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Pixels to feature maps of falling resolution, the pyramid's sources. */
public interface ImageEncoder {
    /**
     * Encodes a padded batch.
     *
     * @param images (N, 3, H, W), as the configuration's preprocessing leaves them
     * @return feature maps at strides 8, 16 and 32, finest first
     */
    List<Tensor> forward(Tensor images, Mode mode);

    /** The encoder that {@code config} describes. */
    static ImageEncoder of(Parameters parameters, ImageEncoderConfig config) {
        if (config instanceof SwinConfig swin) {
            return new SwinEncoder(parameters, swin);
        }
        return new CenterNetEncoder(parameters);
    }

    /** Channels of the returned maps, finest first. */
    List<Integer> channels();
}
