package io.glip4j.train;

import io.glip4j.data.TrainingExample;
import io.glip4j.input.ImagePreprocessor;
import io.glip4j.input.ResizedPicture;
import io.glip4j.model.ImageConfig;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The pictures of training examples, which come resized, normalised and padded to one size. */
final class ExamplePictures {
    private final ImagePreprocessor preprocessor;

    ExamplePictures(ImageConfig config) {
        this.preprocessor = new ImagePreprocessor(config);
    }

    /** (N, 3, H, W) */
    Tensor of(List<TrainingExample> batch) {
        return preprocessor
                .batch(batch.stream()
                        .map(example -> new ResizedPicture(
                                example.picture(), example.picture().size()))
                        .toList())
                .images();
    }
}
