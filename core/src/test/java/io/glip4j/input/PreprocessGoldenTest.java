package io.glip4j.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.Goldens;
import io.glip4j.model.ImageConfig;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded pictures: decoded, resized, normalised and batched as Pillow and the published code do it. */
class PreprocessGoldenTest {
    private static final ImageConfig SMALL = new ImageConfig(96, 160, 32);
    private static final double TENSOR_TOLERANCE = 2e-5;
    private static final double SUM_TOLERANCE = 1e-2;

    record Case(Path folder, String label, String file, boolean oriented, JsonNode expected) {
        @Override
        public String toString() {
            return folder + " " + label;
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path folder : Goldens.folders("preprocess")) {
            for (JsonNode image : json(folder.resolve("expected.json")).required("images")) {
                String file = image.required("file").asText();
                cases.add(new Case(folder, file, file, false, image.required("expected")));
                if (image.has("expected_oriented")) {
                    cases.add(new Case(folder, file + " oriented", file, true, image.required("expected_oriented")));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesAndResizesBitEqual(Case golden) throws IOException {
        Picture picture = read(golden);
        assertThat(picture.rgb()).isEqualTo(png(golden, "decoded"));
        ResizedPicture resized = new ImagePreprocessor(SMALL).resize(picture);
        assertThat(resized.size()).isEqualTo(size(golden.expected().required("resized_size_96_160")));
        assertThat(resized.picture().rgb()).isEqualTo(png(golden, "resized"));
        assertThat(resized.original()).isEqualTo(size(golden.expected().required("size")));
        assertThat(new ImagePreprocessor(ImageConfig.PUBLISHED).targetSize(picture.size()))
                .isEqualTo(size(golden.expected().required("resized_size_800_1333")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void normalisesAndPads(Case golden) throws IOException {
        float[] values;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            ImageBatch batch = new ImagePreprocessor(SMALL).prepare(List.of(read(golden)));
            JsonNode shape = golden.expected().required("tensor_shape");
            assertThat(Tensors.shape(batch.images()))
                    .containsExactly(
                            1,
                            shape.get(0).asLong(),
                            shape.get(1).asLong(),
                            shape.get(2).asLong());
            values = Tensors.toFloats(batch.images());
        }
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        assertThat(sum / values.length)
                .isCloseTo(golden.expected().required("tensor_mean").asDouble(), within(TENSOR_TOLERANCE));
        Path recorded =
                golden.folder().resolve(golden.expected().required("tensor").asText());
        if (Files.exists(recorded)) { // left out of the copy in the test resources, as it follows from the pixels
            assertThat(values).containsExactly(npy(recorded, values.length), within((float) TENSOR_TOLERANCE));
        }
    }

    @Test
    void sizesFollowThePublishedRule() throws IOException {
        for (Path folder : Goldens.folders("preprocess")) {
            JsonNode rows = json(folder.resolve("sizes.json")).required("rows");
            assertThat(rows.size()).isGreaterThan(200);
            for (JsonNode row : rows) {
                ImageConfig config =
                        new ImageConfig(row.get(0).asInt(), row.get(1).asInt(), 32);
                ImageSize original =
                        new ImageSize(row.get(2).asInt(), row.get(3).asInt());
                assertThat(new ImagePreprocessor(config).targetSize(original))
                        .as("%s", row)
                        .isEqualTo(new ImageSize(row.get(5).asInt(), row.get(4).asInt()));
            }
        }
    }

    @Test
    void batchesKeepEachPicturesSize() throws IOException {
        for (Path folder : Goldens.folders("preprocess")) {
            for (JsonNode golden : json(folder.resolve("expected.json")).required("batches")) {
                List<Picture> pictures = new ArrayList<>();
                for (JsonNode file : golden.required("files")) {
                    pictures.add(PictureReader.DEFAULT.withOrientation(false).read(folder.resolve(file.asText())));
                }
                try (TensorScope scope = TensorScope.withoutGradient()) {
                    ImageBatch batch = new ImagePreprocessor(SMALL).prepare(pictures);
                    float[] values = Tensors.toFloats(batch.images());
                    for (int i = 0; i < pictures.size(); i++) {
                        assertThat(batch.sizes().get(i))
                                .isEqualTo(size(golden.required("sizes").get(i)));
                        assertThat(batch.originals().get(i))
                                .isEqualTo(pictures.get(i).size());
                        assertThat(Tensors.shape(batch.images())[i])
                                .isEqualTo(golden.required("batch_shape").get(i).asLong());
                        int each = values.length / pictures.size();
                        double sum = 0;
                        for (int k = i * each; k < (i + 1) * each; k++) {
                            sum += values[k];
                        }
                        assertThat(sum).isCloseTo(golden.required("sums").get(i).asDouble(), within(SUM_TOLERANCE));
                    }
                }
            }
        }
    }

    private static Picture read(Case golden) {
        return PictureReader.DEFAULT
                .withOrientation(golden.oriented())
                .read(golden.folder().resolve(golden.file()));
    }

    private static ImageSize size(JsonNode heightAndWidth) {
        return new ImageSize(
                heightAndWidth.get(1).asInt(), heightAndWidth.get(0).asInt());
    }

    private static byte[] png(Case golden, String what) throws IOException {
        BufferedImage image = ImageIO.read(golden.folder()
                .resolve(golden.expected().required(what).asText())
                .toFile());
        int[] packed = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] rgb = new byte[packed.length * 3];
        for (int i = 0; i < packed.length; i++) {
            rgb[3 * i] = (byte) (packed[i] >> 16);
            rgb[3 * i + 1] = (byte) (packed[i] >> 8);
            rgb[3 * i + 2] = (byte) packed[i];
        }
        return rgb;
    }

    private static float[] npy(Path file, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        bytes.position(bytes.capacity() - count * Float.BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
