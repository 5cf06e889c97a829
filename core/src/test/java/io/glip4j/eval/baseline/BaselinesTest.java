package io.glip4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.SampleText;
import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import io.glip4j.model.Task;
import io.glip4j.output.Answer;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final Picture PICTURE = new Picture(4, 3, new byte[36]);

    private record Texts(Task task, List<? extends SampleText> texts) implements GroundingDataset {
        @Override
        public String name() {
            return "seen";
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public GroundingSample sample(int index) {
            return new GroundingSample("seen", annotated -> PICTURE, 4, 3, List.of(), texts.get(index));
        }
    }

    private static Texts questions(String... questionsAndAnswers) {
        List<AnsweredQuestion> questions = new ArrayList<>();
        for (int i = 0; i < questionsAndAnswers.length; i += 2) {
            questions.add(AnsweredQuestion.of(questionsAndAnswers[i], questionsAndAnswers[i + 1]));
        }
        return new Texts(Task.ANSWER, questions);
    }

    @Test
    void aQuestionIsAnsweredAsItWasElsewhere() {
        QuestionPrior prior = QuestionPrior.of(questions(
                "Is there a dog?",
                "no",
                "Is there a dog?",
                "no",
                "Is there a dog?",
                "yes",
                "Is there a cat?",
                "yes",
                "Is there a cow?",
                "yes",
                "Is there a pig?",
                "yes",
                "How many dogs are there?",
                "2"));

        assertThat(prior.answer(PICTURE, "is there a DOG?").best().text()).isEqualTo("no");
        assertThat(prior.answer(PICTURE, "Is there a bird?").best().text())
                .as("never asked: as others with the same opening")
                .isEqualTo("yes");
        assertThat(prior.answer(PICTURE, "How many cows are there?").best().text())
                .isEqualTo("2");
        List<Answer> answers = prior.answer(PICTURE, "Why?").answers();
        assertThat(answers).extracting(Answer::text).containsExactlyInAnyOrder("yes", "no", "2");
        assertThat(answers.get(0).text()).as("the most frequent of all").isEqualTo("yes");
    }

    /** Shares by hand: all, 1/3 and 2/3 of three; opening, of two; words, of one; each smoothed by one of the wider. */
    @Test
    void sharesAreSmoothedByWiderOnes() {
        QuestionPrior prior = QuestionPrior.of(questions("Is it red?", "yes", "Is it hot?", "no", "Who?", "no"));
        double all = 2 / 4.0; // "no", smoothed by nothing
        double opening = (1 + all) / 3;
        double words = (1 + opening) / 2;
        Answer best = prior.answer(PICTURE, "Is it hot?").best();
        assertThat(best.text()).isEqualTo("no");
        assertThat(best.probability()).isEqualTo(words);
    }

    @Test
    void theMostTypicalCaptionIsSaidOfEveryPicture() {
        OneCaption caption = OneCaption.of(new Texts(
                Task.DESCRIBE,
                List.of(
                        new PictureDescription("A red car and a tree."),
                        new PictureDescription("A red car and a dog."),
                        new PictureDescription("A red car and a blue house."),
                        new PictureDescription("Nothing to be seen at all, it is night."))));
        assertThat(caption.describe(PICTURE).text()).isEqualTo(caption.text()).startsWith("A red car and a ");
    }

    @Test
    void otherSamplesAreRefused() {
        Texts questions = questions("Is it red?", "yes");
        assertThatThrownBy(() -> OneCaption.of(questions))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("wanted samples of DESCRIBE");
        assertThatThrownBy(() -> QuestionPrior.of(new Texts(Task.ANSWER, List.of())))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("got 0 of ANSWER");
    }

    /** Finds one box, and knows what it was shown. */
    private static final class Finder implements EvaluatedModel {
        private final List<Picture> shown = new ArrayList<>();

        @Override
        public Grounding ground(Picture picture, Prompt prompt) {
            shown.add(picture);
            Detection found = new Detection("dog", new Span(0, 3), 0.9, new BoxXyxy(1, 1, 3, 3), List.of(0.9));
            return new Grounding(picture.width(), picture.height(), List.of(found));
        }
    }

    @Test
    void aModelThatIsShownGrayPicturesCannotTellThemApart() {
        Finder finder = new Finder();
        new GrayPictures(finder).ground(PICTURE, Prompt.parse("dog"));
        Picture shown = finder.shown.get(0);
        assertThat(shown.size()).isEqualTo(PICTURE.size());
        assertThat(shown.rgb()).containsOnly(shown.rgb()[0]);
        assertThat(shown.rgb()[0]).isNotZero();
    }

    @Test
    void boxesStandInForMasks() {
        RunLengthMask mask = new BoxMasks(new Finder())
                .segment(PICTURE, Prompt.parse("dog"))
                .segments()
                .get(0)
                .mask();
        boolean[] expected = new boolean[12];
        expected[5] = expected[6] = expected[9] = expected[10] = true;
        assertThat(mask.pixels()).isEqualTo(expected);
    }
}
