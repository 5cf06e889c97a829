package io.glip4j.inference;

import io.glip4j.input.ImageSize;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the image encoder said of one picture, to be grounded again and again while the rest of the network changes. Owns
 * its tensors.
 */
public final class EncodedPicture implements AutoCloseable {
    private final ImageSize original;
    private final ImageSize resized;
    private final List<Tensor> maps;

    /**
     * As {@link Grounder#encode} makes it.
     *
     * @param maps of the image encoder, finest first: (1, C_i, H, W)
     */
    EncodedPicture(ImageSize original, ImageSize resized, List<Tensor> maps) {
        this.original = original;
        this.resized = resized;
        this.maps = List.copyOf(maps);
    }

    ImageSize original() {
        return original;
    }

    ImageSize resized() {
        return resized;
    }

    List<Tensor> maps() {
        return maps;
    }

    /** How much memory it holds. */
    public long bytes() {
        return maps.stream().mapToLong(map -> map.numel() * map.element_size()).sum();
    }

    @Override
    public void close() {
        maps.forEach(Tensor::close);
    }
}
