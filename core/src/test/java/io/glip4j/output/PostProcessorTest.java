package io.glip4j.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Close;
import io.glip4j.GlipException;
import io.glip4j.UnitGolden;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.model.LevelPredictions;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.PostProcessConfig.ScoreAggregation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostProcessorTest {
    private static final PostProcessor PUBLISHED = new PostProcessor(PostProcessConfig.PUBLISHED);

    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void findsWhatIsRecorded(UnitGolden golden) {
        JsonNode hw = golden.cases().at("/post/image_hw");
        List<ScoredBox> boxes = PUBLISHED.select(List.of(PUBLISHED.candidates(
                levels(golden), phrases(golden), hw.get(1).asInt(), hw.get(0).asInt())));

        assertThat(boxes.stream().mapToInt(ScoredBox::phrase).toArray()).isEqualTo(golden.ints("post.labels"));
        float[] scores = new float[boxes.size()];
        float[] corners = new float[4 * boxes.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) boxes.get(i).score();
            BoxXyxy box = boxes.get(i).box();
            corners[4 * i] = (float) box.x1();
            corners[4 * i + 1] = (float) box.y1();
            corners[4 * i + 2] = (float) box.x2();
            corners[4 * i + 3] = (float) box.y2();
        }
        Close.assertClose("scores", scores, golden.floats("post.scores"), 1e-5);
        Close.assertClose("boxes", corners, golden.floats("post.boxes_xyxy"), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void severalPassesGiveWhatOneGives(UnitGolden golden) {
        List<LevelPredictions> levels = levels(golden);
        List<PhraseTokens> phrases = phrases(golden);
        List<ScoredBox> together = unlimited().select(List.of(unlimited().candidates(levels, phrases, 640, 400)));
        List<ScoredBox> apart = unlimited()
                .select(phrases.stream()
                        .map(phrase -> unlimited().candidates(levels, List.of(phrase), 640, 400))
                        .toList());
        assertThat(apart).containsExactlyInAnyOrderElementsOf(together);
    }

    @Test
    void tokenScoresJoinByTheRuleChosen() {
        LevelPredictions level = oneLocation(logit(0.9), logit(0.4));
        assertThat(scoreOf(level, ScoreAggregation.MEAN)).isEqualTo(Math.sqrt(0.65 * 0.5), within(1e-6));
        assertThat(scoreOf(level, ScoreAggregation.MAX)).isEqualTo(Math.sqrt(0.9 * 0.5), within(1e-6));
        assertThat(scoreOf(level, ScoreAggregation.POWER)).isEqualTo(Math.sqrt(0.6 * 0.5), within(1e-6));
    }

    @Test
    void thresholdComesBeforeCenterness() {
        LevelPredictions low = oneLocation(logit(0.06), logit(0.06));
        List<ScoredBox> found = PUBLISHED.select(List.of(PUBLISHED.candidates(List.of(low), List.of(both(0)), 50, 50)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).tokenScores())
                .hasSize(2)
                .allSatisfy(score -> assertThat(score).isEqualTo(0.06, within(1e-6)));
        LevelPredictions lower = oneLocation(logit(0.05), logit(0.04));
        assertThat(PUBLISHED
                        .candidates(List.of(lower), List.of(both(0)), 50, 50)
                        .count())
                .isZero();
    }

    @Test
    void boxesGoBackToTheOriginalPicture() {
        LevelPredictions level = oneLocation(logit(0.5), logit(0.5));
        ScoredBox found = PUBLISHED
                .select(List.of(PUBLISHED.candidates(List.of(level), List.of(both(7)), 20, 10)))
                .get(0);
        assertThat(found.phrase()).isEqualTo(7);
        assertThat(found.box()).isEqualTo(new BoxXyxy(0, 0, 19, 9));
        assertThat(found.scaled(2, 3).box()).isEqualTo(new BoxXyxy(0, 0, 38, 27));
    }

    @Test
    void aPhraseWithoutTokensIsNotFound() {
        LevelPredictions level = oneLocation(5, 5);
        assertThat(PUBLISHED
                        .candidates(List.of(level), List.of(new PhraseTokens(0, List.of())), 20, 10)
                        .count())
                .isZero();
    }

    @Test
    void tokensBeyondTheOutputAreRefused() {
        LevelPredictions level = oneLocation(5, 5);
        assertThatThrownBy(() ->
                        PUBLISHED.candidates(List.of(level), List.of(new PhraseTokens(0, List.of(0, 2))), 20, 10))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("in 0..1, got 0..2");
    }

    @Test
    void aLargePictureWithManyClassesIsQuick() {
        Random random = new Random(5);
        List<LevelPredictions> levels = Stream.of(100, 50, 25, 13, 7)
                .map(side -> randomLevel(random, side, side * 5 / 3, 256))
                .toList();
        List<PhraseTokens> phrases = IntStream.range(0, 100)
                .mapToObj(phrase -> new PhraseTokens(phrase, List.of(2 * phrase + 1, 2 * phrase + 2)))
                .toList();
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            Candidates candidates = PUBLISHED.candidates(levels, phrases, 1_333, 800);
            assertThat(candidates.count()).isBetween(3_000, 5_000);
            assertThat(PUBLISHED.select(List.of(candidates))).hasSizeBetween(100, 110);
        });
    }

    private static LevelPredictions randomLevel(Random random, int height, int width, int tokens) {
        return new LevelPredictions(
                height,
                width,
                tokens,
                gaussian(random, 4 * height * width, 0),
                gaussian(random, height * width, 0),
                gaussian(random, height * width * tokens, -5));
    }

    private static float[] gaussian(Random random, int count, float mean) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = mean + (float) random.nextGaussian();
        }
        return values;
    }

    private static double scoreOf(LevelPredictions level, ScoreAggregation aggregation) {
        PostProcessor processor = new PostProcessor(new PostProcessConfig(aggregation, 0.05, 1_000, 0.6, 100));
        return processor
                .select(List.of(processor.candidates(List.of(level), List.of(both(0)), 50, 50)))
                .get(0)
                .score();
    }

    private static PostProcessor unlimited() {
        return new PostProcessor(new PostProcessConfig(ScoreAggregation.MEAN, 0.2, 100_000, 0.6, 100_000));
    }

    private static PhraseTokens both(int phrase) {
        return new PhraseTokens(phrase, List.of(0, 1));
    }

    private static float logit(double probability) {
        return (float) Math.log(probability / (1 - probability));
    }

    private static LevelPredictions oneLocation(float... logits) {
        return new LevelPredictions(1, 1, logits.length, new float[4], new float[1], logits);
    }

    private static List<PhraseTokens> phrases(UnitGolden golden) {
        List<PhraseTokens> phrases = new ArrayList<>();
        golden.cases()
                .at("/post/label_to_tokens")
                .properties()
                .forEach(label -> phrases.add(new PhraseTokens(
                        Integer.parseInt(label.getKey()),
                        IntStream.range(0, label.getValue().size())
                                .mapToObj(i -> label.getValue().get(i).asInt())
                                .toList())));
        return phrases;
    }

    private static List<LevelPredictions> levels(UnitGolden golden) {
        return IntStream.range(0, 5)
                .mapToObj(level -> {
                    String name = "post." + level + ".";
                    long[] shape = golden.shape(name + "bbox_reg");
                    return new LevelPredictions(
                            (int) shape[2],
                            (int) shape[3],
                            (int) golden.shape(name + "word_logits")[2],
                            golden.floats(name + "bbox_reg"),
                            golden.floats(name + "centerness"),
                            golden.floats(name + "word_logits"));
                })
                .toList();
    }
}
