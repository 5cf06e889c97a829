package io.glip4j.data.scene;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.PictureTexts;
import io.glip4j.data.SampleText;
import io.glip4j.data.Seeds;
import io.glip4j.data.language.AnswerCounts;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.Task;
import io.glip4j.text.AnswerNormalizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Scenes with what is asked or said of them, drawn when asked for: up to twelve questions or all descriptions of one. */
public final class SceneLanguage implements GroundingDataset {
    private static final int CHOOSING = 4;
    private static final int QUESTIONS = 12;
    private static final int COUNTED_SCENES = 400;

    private final SceneMaker maker;
    private final Task task;
    private final BiFunction<Scene, SplittableRandom, List<SampleText>> words;

    private SceneLanguage(SceneMaker maker, Task task, BiFunction<Scene, SplittableRandom, List<SampleText>> words) {
        this.maker = maker;
        this.task = task;
        this.words = words;
    }

    /** Questions, each with its one right answer. */
    public static SceneLanguage questions(SceneMaker maker) {
        return new SceneLanguage(
                maker,
                Task.ANSWER,
                (scene, random) -> shuffled(scene.questions(), random).stream()
                        .<SampleText>map(question ->
                                AnsweredQuestion.of(question.question(), AnswerNormalizer.normalize(question.answer())))
                        .distinct()
                        .limit(QUESTIONS)
                        .toList());
    }

    /** Sentences for all of a scene or for parts. */
    public static SceneLanguage descriptions(SceneMaker maker) {
        return new SceneLanguage(
                maker,
                Task.DESCRIBE,
                (scene, random) -> scene.captions().stream()
                        .<SampleText>map(sentence ->
                                new PictureDescription(sentence.caption().text()))
                        .toList());
    }

    private static List<Question> shuffled(List<Question> all, SplittableRandom random) {
        return Arrays.stream(Seeds.permutation(all.size(), random))
                .mapToObj(all::get)
                .toList();
    }

    /**
     * The answers to choose from: those to all questions of the first scenes, as {@link AnswerCounts#frequent}.
     *
     * @throws io.glip4j.GlipException {@code BAD_ARGUMENT} if none is frequent enough
     */
    public static AnswerVocabulary frequentAnswers(SceneMaker maker, int leastQuestions) {
        AnswerCounts counts = new AnswerCounts();
        for (int index = 0; index < Math.min(COUNTED_SCENES, maker.config().count()); index++) {
            maker.scene(index)
                    .questions()
                    .forEach(question -> counts.add(AnswerNormalizer.normalize(question.answer())));
        }
        return counts.frequent(leastQuestions, "scenes");
    }

    @Override
    public String name() {
        return "scenes-" + (task == Task.ANSWER ? "questions" : "captions");
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public int size() {
        return maker.config().count();
    }

    @Override
    public ImageSize pictureSize(int index) {
        return maker.size(index);
    }

    @Override
    public GroundingSample sample(int index) {
        Scene scene = maker.scene(index);
        SplittableRandom random =
                Seeds.random(maker.config().seed(), maker.config().split().seed(), index, CHOOSING);
        Picture picture = scene.picture();
        return new GroundingSample(
                name(),
                SceneDataset.source(index, picture),
                picture.width(),
                picture.height(),
                List.of(),
                new PictureTexts(words.apply(scene, random)));
    }
}
