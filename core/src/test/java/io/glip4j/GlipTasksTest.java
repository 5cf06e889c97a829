package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.inference.DescribeOptions;
import io.glip4j.inference.decoding.Decoding;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.ModelHeader;
import io.glip4j.output.Answer;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.StateDict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions and descriptions through the facade, by a small network that has learned nothing. */
@ExtendWith(OneThread.class)
class GlipTasksTest {
    private static final double WIDER = 0.7;

    @TempDir
    private static Path folder;

    private static Path file;
    private static Glip glip;
    private static Picture picture;

    @BeforeAll
    static void load() {
        file = write("small.safetensors", SmallNetworks.english(), SmallNetworks.english());
        glip = Glip.load(file);
        byte[] pixels = new byte[3 * 80 * 60];
        new Random(4).nextBytes(pixels);
        picture = new Picture(80, 60, pixels);
    }

    @AfterAll
    static void close() {
        glip.close();
    }

    /** The weights of one network under the configuration of another. */
    private static Path write(String name, GlipConfig network, GlipConfig said) {
        Path target = folder.resolve(name);
        try (Parameters parameters = Parameters.seeded(6);
                Tokenizer tokenizer = Tokenizer.bert();
                TensorScope scope = TensorScope.withoutGradient()) {
            new GlipModel(parameters, network);
            parameters.byName().forEach((parameter, tensor) -> {
                if (parameter.endsWith("word_embeddings.weight")) { // words that differ, so that sentences vary
                    torch.normal_(tensor, 0, WIDER);
                }
            });
            try (StateDict weights = StateDict.of("test", parameters.byName())) {
                String json = new String(tokenizer.definition(), StandardCharsets.UTF_8);
                ModelFile.write(target, ModelHeader.of(said, json), weights, Precision.FULL);
            }
        }
        return target;
    }

    private static void fails(Runnable call, ErrorCode code, String said) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    @Test
    void everyAnswerHasAProbabilityAndTheQuestionsThingsTheirBoxes() {
        String question = "Is the red car left of a tree?";
        Answers answers = glip.answer(picture, question);

        assertThat(answers.question()).isEqualTo(question);
        assertThat(answers.answers())
                .extracting(Answer::text)
                .containsExactlyInAnyOrderElementsOf(SmallNetworks.ANSWERS.answers());
        assertThat(answers.answers())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Answer::probability).reversed())
                .allSatisfy(answer -> assertThat(answer.probability()).isBetween(0.0, 1.0));
        assertThat(answers.best()).isEqualTo(answers.answers().get(0));
        assertThat(answers.grounding()).isEqualTo(glip.ground(picture, Prompt.captionWithNounPhrases(question)));
        assertThat(glip.answer(picture, question)).isEqualTo(answers);
    }

    @Test
    void aQuestionThatNamesNothingHasNoBoxes() {
        Answers answers = glip.answer(picture, "Why not?");
        assertThat(answers.answers()).hasSize(SmallNetworks.ANSWERS.size());
        assertThat(answers.grounding().detections()).isEmpty();
        assertThat(answers.grounding().width()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "?!"})
    void aQuestionNeedsWords(String question) {
        fails(() -> glip.answer(picture, question), ErrorCode.BAD_PROMPT, "wanted words, got '" + question + "'");
    }

    @Test
    void aQuestionMustFitOnePass() {
        String question = "is it a very " + "very ".repeat(60) + "red car?";
        fails(() -> glip.answer(picture, question), ErrorCode.BAD_PROMPT, "48 tokens");
    }

    @Test
    void aDescriptionIsTextWithItsThings() {
        for (Decoding decoding :
                List.of(new Decoding.Greedy(), new Decoding.Beam(3, 1), new Decoding.Nucleus(0.9, 1, 7))) {
            DescribeOptions options =
                    DescribeOptions.DEFAULT.withDecoding(decoding).withMaxWords(9);
            Description description = glip.describe(picture, options);
            assertThat(description.text()).isNotBlank().doesNotContain("[PAD]", "[MASK]", "[CLS]");
            assertThat(description.logProbability()).isNegative();
            assertThat(glip.describe(picture, options)).isEqualTo(description);
            assertThat(description.grounding())
                    .isEqualTo(Prompt.nounPhrasesOf(description.text())
                            .map(prompt -> glip.ground(picture, prompt))
                            .orElse(description.grounding()));
            Description alone = glip.describe(picture, options.withGrounding(false));
            assertThat(alone.text()).isEqualTo(description.text());
            assertThat(alone.grounding().detections()).isEmpty();
        }
    }

    @Test
    void seedsDrawDifferentDescriptions() {
        long different = LongStream.range(0, 6)
                .mapToObj(seed -> DescribeOptions.DEFAULT
                        .withDecoding(new Decoding.Nucleus(1, 1, seed))
                        .withMaxWords(4)
                        .withGrounding(false))
                .map(options -> glip.describe(picture, options).text())
                .distinct()
                .count();
        assertThat(different).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3, 47, 10_000})
    void tooFewOrTooManyWordsAreRefused(int words) {
        fails(
                () -> glip.describe(picture, DescribeOptions.DEFAULT.withMaxWords(words)),
                ErrorCode.BAD_ARGUMENT,
                "got " + words);
    }

    @Test
    void theMostWordsThereArePlacesForAreTaken() {
        DescribeOptions options = new DescribeOptions(new Decoding.Greedy(), 46, false);
        assertThat(glip.describe(picture, options).text()).isNotBlank();
    }

    @Test
    void aModelWithoutTheTaskNamesThoseItHas() {
        GlipConfig boxes = SmallNetworks.learner(64, Set.of());
        try (Glip grounds = Glip.load(write("boxes.safetensors", boxes, boxes))) {
            fails(
                    () -> grounds.answer(picture, "is it red?"),
                    ErrorCode.MISSING_TASK,
                    "wanted a model with the task ANSWER, got 'learner' with [GROUND]");
            fails(
                    () -> grounds.describe(picture, DescribeOptions.DEFAULT),
                    ErrorCode.MISSING_TASK,
                    "wanted a model with the task DESCRIBE, got 'learner' with [GROUND]");
        }
        assertThat(glip.config().tasks()).hasToString("[GROUND, ANSWER, DESCRIBE]");
    }

    @Test
    void aListOfAnswersThatDisagreesWithTheHeadIsRefused() {
        GlipConfig fewer = SmallNetworks.english().withAnswers(new AnswerVocabulary(List.of("yes", "no")));
        Path odd = write("odd.safetensors", SmallNetworks.english(), fewer);
        fails(
                () -> Glip.load(odd).close(),
                ErrorCode.CHECKPOINT_MISMATCH,
                "wanted a list of 4 answers, as its answer head has rows, got 2");
    }

    @Test
    void bothFormsSayTheSame() {
        String question = "what colour is the car?";
        try (Glip plain = Glip.load(file, Device.CPU, Form.PLAIN)) {
            List<Answer> fast = glip.answer(picture, question).answers();
            for (Answer answer : plain.answer(picture, question).answers()) {
                assertThat(fast)
                        .anySatisfy(other -> assertThat(Math.abs(other.probability() - answer.probability()))
                                .as(answer.text())
                                .isLessThan(other.text().equals(answer.text()) ? 1e-4 : -1));
            }
        }
    }

    @Test
    void describingLeavesNothingBehind() {
        DescribeOptions options = DescribeOptions.DEFAULT.withMaxWords(3);
        glip.describe(picture, options);
        System.gc();
        long before = Pointer.totalCount();
        for (int i = 0; i < 5; i++) {
            glip.describe(picture, options);
            glip.answer(picture, "is the car red?");
        }
        System.gc();
        assertThat(Pointer.totalCount() - before).isLessThan(50);
    }
}
