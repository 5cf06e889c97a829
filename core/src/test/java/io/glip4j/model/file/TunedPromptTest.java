package io.glip4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.output.Grounding;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.train.TrainableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedPromptTest {
    private static final int WIDTH = 384;
    private static final List<String> CLASSES = List.of("traffic light", "light", "cat");

    @TempDir
    private Path folder;

    /** A row of its own for each token of a class name, wherever it stands; nothing for other words. */
    @Test
    void shiftsTheTokensOfItsWordsAndNoOthers() {
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset("nano"), 1);
                TensorScope scope = TensorScope.withoutGradient()) {
            Tokenizer tokenizer = nano.network().tokenizer();
            TextBatch text = Tokenizer.batch(
                    List.of(tokenizer.encode("cat. dog. traffic light"), tokenizer.encode("light. traffic. cat")));
            Tensor before = nano.network().model().encodeText(text).hidden();

            assertThat(nano.tuneWords(CLASSES)).extracting(List::size).containsExactly(2, 1, 1);
            for (int word = 0; word < CLASSES.size(); word++) {
                Tensor shift = Objects.requireNonNull(
                        nano.network().parameters().byName().get("tuned_words." + word));
                for (long token = 0; token < shift.size(0); token++) {
                    shift.select(0, token).fill_(new Scalar(10.0 * (word + 1) + token));
                }
            }

            Tensor change =
                    nano.network().model().encodeText(text).hidden().sub(before).select(2, 0); // (N, T)
            float[] found = Tensors.toFloats(change.round());
            assertThat(found)
                    // [CLS] cat . dog . traffic light [SEP], [CLS] light . traffic . cat [SEP]
                    .containsExactly(0, 30, 0, 0, 0, 10, 11, 0, 0, 20, 0, 0, 0, 30, 0, 0);
        }
    }

    @Test
    void aPromptOfNothingChangesNothingAndOneOfSomethingDoes() {
        Picture cat = PictureReader.DEFAULT.read(Path.of("../examples/pictures/cat.jpg"));
        try (Glip glip = Glip.load();
                TunedPrompt nothing = TunedPrompt.read(written("nothing", 0));
                TunedPrompt something = TunedPrompt.read(written("something", 0.5))) {
            Grounding plain = glip.ground(cat, Prompt.classes(List.of("cat", "dog")));
            assertThat(glip.ground(cat, nothing)).isEqualTo(plain);
            assertThat(glip.ground(cat, something)).isNotEqualTo(plain);
            assertThat(glip.ground(cat, Prompt.classes(List.of("cat", "dog"))))
                    .as("the model stays as it was")
                    .isEqualTo(plain);
        }
    }

    /** One loaded model serves callers with different prompts at once, each as if it were alone. */
    @Test
    void manyThreadsWithPromptsOfTheirOwnGetWhatEachGetsAlone() throws Exception {
        Picture cat = PictureReader.DEFAULT.read(Path.of("../examples/pictures/cat.jpg"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Glip glip = Glip.load();
                TunedPrompt first = TunedPrompt.read(written("first", 0.5));
                TunedPrompt second = TunedPrompt.read(written("second", -0.5))) {
            List<TunedPrompt> prompts = List.of(first, second);
            List<Grounding> alone =
                    prompts.stream().map(prompt -> glip.ground(cat, prompt)).toList();
            assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
            List<Future<Grounding>> together = IntStream.range(0, 12)
                    .mapToObj(call -> threads.submit(() -> glip.ground(cat, prompts.get(call % 2))))
                    .toList();
            for (int call = 0; call < together.size(); call++) {
                assertThat(together.get(call).get()).isEqualTo(alone.get(call % 2));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anotherModelsPromptAndOtherFilesAreRefused() throws IOException {
        Path file = written("mine", 1);
        assertThatThrownBy(() -> TunedPrompt.read(file).requireModel("another"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted a prompt tuned for the model another, got one for the model abc");
        Path model = folder.resolve("model.safetensors");
        try (TensorScope scope = TensorScope.withoutGradient();
                StateDict weights = StateDict.of("a model", Map.of("0", torch.zeros(1, WIDTH)))) {
            SafetensorsWriter.write(model, weights, Map.of(), Precision.FULL);
        }
        assertThatThrownBy(() -> TunedPrompt.read(model))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted a prompt that glip tune --mode prompt wrote");
        byte[] cut = Files.readAllBytes(file);
        Path broken = Files.write(folder.resolve("broken.safetensors"), Arrays.copyOf(cut, cut.length - 9));
        assertThatThrownBy(() -> TunedPrompt.read(broken)).isInstanceOf(GlipException.class);
    }

    /** A prompt of "cat" and "dog" for the model abc, every value of which is the same. */
    private Path written(String name, double value) {
        Path file = folder.resolve(name + ".safetensors");
        try (TensorScope scope = TensorScope.withoutGradient();
                Tokenizer tokenizer = Tokenizer.bert();
                StateDict learned = StateDict.of(
                        "two words",
                        Map.of(
                                "0", torch.full(new long[] {1, WIDTH}, new Scalar(value)),
                                "1", torch.full(new long[] {1, WIDTH}, new Scalar(-value))))) {
            List<List<Integer>> tokens = List.of(
                    tokenizer.encode("cat").ids().subList(1, 2),
                    tokenizer.encode("dog").ids().subList(1, 2));
            TunedPrompt.write(file, new TunedPrompt.Content("abc", List.of("cat", "dog"), tokens), learned);
        }
        return file;
    }
}
