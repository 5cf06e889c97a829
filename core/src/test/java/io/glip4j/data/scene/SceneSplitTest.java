package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.data.ClassNames;
import io.glip4j.data.SampleText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SceneSplitTest {
    private static final int COUNT = 50;
    private static final List<Noun> NOUNS = NounTable.read();
    private static final HeldOut HELD_OUT = new HeldOut(NOUNS);

    @Test
    void namesAreHeldOutByTheirWordsAlone() {
        List<String> names =
                NOUNS.stream().map(Noun::name).filter(HELD_OUT::holds).toList();
        assertThat(names.size()).isBetween(NOUNS.size() / 14, NOUNS.size() / 7);
        assertThat(names).contains("key", "hammer", "star", "wolf").doesNotContain("dog", "person", "chair", "bottle");
    }

    @Test
    void trainingNeverShowsOrSaysAHeldOutName() {
        SceneMaker maker = SceneFixture.maker(SceneSplit.TRAIN, COUNT, 2);
        SceneDataset dataset = SceneDataset.ofAllKinds(maker);
        List<Pattern> heldOut = NOUNS.stream()
                .flatMap(Noun::words)
                .filter(HELD_OUT::holds)
                .map(word -> Pattern.compile("\\b" + Pattern.quote(word) + "(s|es)?\\b"))
                .toList();
        assertThat(maker.names()).isNotEmpty().noneMatch(HELD_OUT::holds);
        Set<String> said = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            said.addAll(words(dataset.scene(i)));
            SampleText text = dataset.sample(i).text();
            if (text instanceof ClassNames names) {
                said.addAll(names.vocabulary());
            }
        }
        for (String text : said) {
            assertThat(heldOut).as(text).noneMatch(word -> word.matcher(text).find());
        }
    }

    private static List<String> words(Scene scene) {
        List<String> words = new ArrayList<>();
        scene.captions().forEach(description -> words.add(description.caption().text()));
        scene.expressions().forEach(expression -> words.add(expression.caption().text()));
        scene.questions().forEach(question -> words.add(question.question() + " " + question.answer()));
        return words;
    }

    @Test
    void unseenNamesAreThoseThatTrainingHoldsOut() {
        SceneMaker unseen = SceneFixture.maker(SceneSplit.UNSEEN_NAMES, COUNT, 2);
        assertThat(unseen.names())
                .isNotEmpty()
                .allMatch(HELD_OUT::holds)
                .doesNotContainAnyElementsOf(
                        SceneFixture.maker(SceneSplit.TRAIN, 1, 2).names());
        for (int i = 0; i < COUNT; i++) {
            assertThat(unseen.scene(i).objects()).allMatch(object -> HELD_OUT.holds(object.name()));
        }
    }

    @Test
    void stylesAreSeenInOneSplitOnly() {
        assertThat(styles(SceneSplit.TRAIN)).containsExactly("noto");
        assertThat(styles(SceneSplit.UNSEEN_NAMES)).containsExactly("noto");
        assertThat(styles(SceneSplit.UNSEEN_STYLES)).containsExactly("fluent-emoji-flat");
    }

    private static Set<String> styles(SceneSplit split) {
        SceneMaker maker = SceneFixture.maker(split, COUNT, 4);
        Set<String> styles = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            maker.scene(i).objects().forEach(object -> styles.add(object.style()));
        }
        return styles;
    }

    @Test
    void pairsOfNameAndColourAreSaidInOneSplitOnly() {
        Set<String> trained = saidPairs(SceneSplit.TRAIN);
        Set<String> unseen = saidPairs(SceneSplit.UNSEEN_COMBINATIONS);
        assertThat(trained).hasSizeGreaterThan(20);
        assertThat(unseen).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(trained);
    }

    private static Set<String> saidPairs(SceneSplit split) {
        SceneMaker maker = SceneFixture.maker(split, COUNT, 9);
        Pattern colour = Pattern.compile("What color is the (.+)\\?");
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            for (Question question : maker.scene(i).questions()) {
                var words = colour.matcher(question.question());
                if (words.matches()) {
                    pairs.add(question.answer() + " " + words.group(1));
                }
            }
        }
        return pairs;
    }

    @Test
    void commonNamesAreThoseOfPhotographs() {
        List<String> common = new SceneMaker(
                        SceneFixture.ARTWORK,
                        SceneFixture.config(SceneSplit.TRAIN, 1, 1).withNames(SceneNames.COMMON))
                .names();
        List<String> all = SceneFixture.maker(SceneSplit.TRAIN, 1, 1).names();
        assertThat(all).containsAll(common).hasSizeGreaterThan(common.size());
        assertThat(common).contains("dog").doesNotContain("frog");
    }

    @Test
    void aSplitWithoutIconsIsRefused() {
        assertThatThrownBy(() -> new SceneMaker(
                        SceneFixture.ARTWORK, SceneConfig.of(1, 1).withSplit(SceneSplit.UNSEEN_STYLES)))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted icons of at least 2 names for the split unseen-styles");
    }
}
