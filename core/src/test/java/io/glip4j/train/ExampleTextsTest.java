package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.SmallNetworks;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.Caption;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.NegativeSampling;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.PictureExamples;
import io.glip4j.data.PictureTexts;
import io.glip4j.data.SampleText;
import io.glip4j.data.Seeds;
import io.glip4j.data.SpanMasking;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.Picture;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.distributed.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several texts of one picture are learned as if each had come with the picture by itself. */
class ExampleTextsTest {
    private static final int SIDE = 64;
    private static final GlipConfig NETWORK = SmallNetworks.learner(SIDE, Set.of(GlipConfig.Head.NEXT_WORD))
            .withAnswers(new AnswerVocabulary(List.of("yes", "no", "2")));
    private static final List<SampleText> QUESTIONS = List.of(
            AnsweredQuestion.of("is there a dog?", "yes"),
            AnsweredQuestion.of("how many dogs are on the left of the picture?", "2"),
            AnsweredQuestion.of("is it?", "no"));
    private static final List<SampleText> DESCRIPTIONS =
            List.of(new PictureDescription("two dogs."), new PictureDescription("there is a cat left of two dogs."));

    private interface Body {
        void run(GlipModel model, Tokenizer tokenizer);
    }

    private static void with(Body body) {
        try (Tokenizer tokenizer = Tokenizer.bert();
                Parameters parameters = Parameters.seeded(7);
                TensorScope scope = TensorScope.withoutGradient()) {
            body.run(new GlipModel(parameters, NETWORK), tokenizer);
        }
    }

    private static Picture picture(int number) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        Seeds.random(number).nextBytes(rgb);
        return new Picture(SIDE, SIDE, rgb);
    }

    private static TrainingExample example(int picture, SampleText text, Tokenizer tokenizer) {
        PictureExamples maker = new PictureExamples(
                AugmentConfig.onlyResized(SIDE, SIDE),
                new NegativeSampling(2, 1),
                OtherWords.NONE,
                OtherCaptions.NONE,
                tokenizer,
                48);
        GroundingSample sample = new GroundingSample("test", size -> picture(picture), SIDE, SIDE, List.of(), text);
        return maker.make(sample, Seeds.random(1));
    }

    /** The first picture with all texts but the last, which is of the second one; then each text by itself. */
    private static void sameLoss(Objective objective, List<SampleText> texts, Tokenizer tokenizer) {
        int last = texts.size() - 1;
        List<TrainingExample> together = List.of(
                example(1, new PictureTexts(texts.subList(0, last)), tokenizer),
                example(2, texts.get(last), tokenizer));
        List<TrainingExample> apart = new ArrayList<>();
        texts.subList(0, last).forEach(text -> apart.add(example(1, text, tokenizer)));
        apart.add(example(2, texts.get(last), tokenizer));
        double one = objective.of(together, 5).total().item_double();
        double other = objective.of(apart, 5).total().item_double();
        assertThat(one).isCloseTo(other, within(1e-5 * Math.abs(other)));
    }

    @Test
    void questionsOfOnePicture() {
        with((model, tokenizer) -> sameLoss(new AnswerObjective(NETWORK, model), QUESTIONS, tokenizer));
    }

    @Test
    void descriptionsOfOnePicture() {
        with((model, tokenizer) -> sameLoss(
                new DescribeObjective(NETWORK, model, SpanMasking.published(0, tokenizer), Ranks.ALONE),
                DESCRIPTIONS,
                tokenizer));
    }

    @Test
    void everyTextKnowsItsPictureAndItsNumberThere() {
        try (Tokenizer tokenizer = Tokenizer.bert()) {
            ExampleTexts texts = ExampleTexts.of(List.of(
                    example(1, QUESTIONS.get(0), tokenizer),
                    example(2, new PictureTexts(QUESTIONS), tokenizer),
                    example(3, QUESTIONS.get(1), tokenizer)));
            assertThat(texts.pictures()).containsExactly(0, 1, 1, 1, 2);
            assertThat(Stream.of(0, 1, 2, 3, 4).map(texts::numberInPicture)).containsExactly(0, 0, 1, 2, 0);
        }
    }

    @Test
    void textsOfOneTaskOnly() {
        List<SampleText> mixed =
                Stream.of(QUESTIONS.get(0), DESCRIPTIONS.get(0)).toList();
        assertThatThrownBy(() -> new PictureTexts(mixed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PictureTexts(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PictureTexts(List.of(new Caption("a", List.of()), QUESTIONS.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
