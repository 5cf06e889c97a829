package io.glip4j.train.words;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImagePreprocessor;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.PillowResize;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** What a frozen image encoder says of pictures, all brought to one small size and kept in memory: 2.4 MB each. */
final class KeptMaps implements AutoCloseable {
    private static final int HEIGHT = 256;
    private static final int WIDTH = 384;
    private static final int DIVISOR = 32;
    private static final int MAPS = 3;

    private final List<List<Tensor>> pictures = new ArrayList<>();

    KeptMaps(GlipModel model, List<Path> files) {
        if (files.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted pictures beside the words, got none; name some");
        }
        try {
            ImagePreprocessor preprocessor = new ImagePreprocessor(new ImageConfig(HEIGHT, WIDTH, DIVISOR));
            files.forEach(file -> pictures.add(maps(model, preprocessor, file)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static List<Tensor> maps(GlipModel model, ImagePreprocessor preprocessor, Path file) {
        Picture picture = PillowResize.bilinear(PictureReader.DEFAULT.read(file), WIDTH, HEIGHT);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor image = preprocessor.prepare(List.of(picture)).images(); // (1, 3, H, W)
            return model.encodeImages(image, Mode.INFERENCE).maps().stream()
                    .map(scope::keep)
                    .toList();
        }
    }

    /** The maps of {@code count} pictures drawn at random, finest first: (N, C_i, H, W). */
    List<Tensor> draw(int count, SplittableRandom random) {
        List<List<Tensor>> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(pictures.get(random.nextInt(pictures.size())));
        }
        List<Tensor> maps = new ArrayList<>();
        for (int level = 0; level < MAPS; level++) {
            int index = level;
            maps.add(Tensors.cat(0, drawn.stream().map(of -> of.get(index)).toArray(Tensor[]::new)));
        }
        return maps;
    }

    @Override
    public void close() {
        pictures.forEach(maps -> maps.forEach(Tensor::close));
        pictures.clear();
    }
}
