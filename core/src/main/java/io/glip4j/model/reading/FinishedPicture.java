package io.glip4j.model.reading;

import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The locations of N pictures as the last dynamic head leaves them, each with where it is: its level, and its place as
 * numbers and as waves, so that "left of" can be read off.
 */
final class FinishedPicture {
    private static final double[] HALF_WAVES = {0.5, 1, 2};

    private FinishedPicture() {}

    /** Channels of a location: its features, then its place. */
    static long channels(long features, int levels) {
        return features + 2 + 4L * HALF_WAVES.length + levels;
    }

    /** Levels (N, C, H, W), finest first, to (N, P, C + G): all locations level by level, row by row. */
    static Tensor of(List<Tensor> levels) {
        List<Tensor> all = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            Tensor map = levels.get(level);
            Tensor features =
                    Tensors.times(Tensors.exact(map).flatten(2, 3).transpose(1, 2), PictureReader.FEATURE_SCALE);
            Tensor places = places(Tensors.shape(map), level, levels.size()).to(features);
            all.add(Tensors.cat(2, features, places.unsqueeze(0).expand(map.size(0), -1, -1)));
        }
        return Tensors.cat(1, all.toArray(Tensor[]::new));
    }

    /** (H * W, G) */
    private static Tensor places(long[] shape, int level, int levels) {
        int height = Math.toIntExact(shape[2]);
        int width = Math.toIntExact(shape[3]);
        int channels = Math.toIntExact(channels(0, levels));
        float[] places = new float[height * width * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * channels;
                for (double place : new double[] {(2 * x + 1.0) / width - 1, (2 * y + 1.0) / height - 1}) {
                    places[at++] = (float) place; // -1..1
                    for (double halfWaves : HALF_WAVES) {
                        places[at++] = (float) Math.sin(Math.PI * halfWaves * place);
                        places[at++] = (float) Math.cos(Math.PI * halfWaves * place);
                    }
                }
                places[at + level] = 1;
            }
        }
        return Tensors.of(places, (long) height * width, channels);
    }
}
