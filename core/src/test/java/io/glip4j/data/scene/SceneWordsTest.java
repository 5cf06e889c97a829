package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.Caption;
import io.glip4j.input.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What scenes say is checked from the words back to the objects, by plain rules of the test's own. */
final class SceneWordsTest {
    private static final int COUNT = 120;
    private static final List<String> NUMBERS =
            List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final Map<String, Noun> NOUNS = new HashMap<>();

    static {
        NounTable.read().forEach(noun -> NOUNS.put(noun.name(), noun));
    }

    private static final List<Scene> SCENES = IntStream.range(0, COUNT)
            .mapToObj(SceneFixture.maker(SceneSplit.TRAIN, COUNT, 11)::scene)
            .toList();

    private interface Check {
        void of(Scene scene);
    }

    private static void inEachScene(Check check) {
        SCENES.forEach(check::of);
    }

    @Test
    void anExpressionFitsExactlyTheObjectItMeans() {
        int[] checked = new int[1];
        inEachScene(scene -> {
            for (Expression expression : scene.expressions()) {
                String text = expression.caption().text();
                assertThat(meant(text, scene)).as(text).containsExactly(expression.target());
                checked[0]++;
            }
        });
        assertThat(checked[0]).isGreaterThan(COUNT);
    }

    private static final Pattern EXPRESSION =
            Pattern.compile("the (?:(leftmost|rightmost|largest|smallest|larger|smaller) )?"
                    + "(?:(" + colours() + ") )?(.+?)"
                    + "(?: (?:in the (top left|top right|bottom left|bottom right) corner|(?:in|on|at) the (left|right|top|bottom|middle)))?"
                    + "(?: (left of|right of|above|below) (the .+))?");

    private static String colours() {
        return String.join(
                "|",
                Arrays.stream(ColourName.values()).map(ColourName::toString).toList());
    }

    /** Numbers of all objects that the words fit. */
    private static List<Integer> meant(String text, Scene scene) {
        Matcher words = EXPRESSION.matcher(text);
        assertThat(words.matches()).as(text).isTrue();
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < scene.objects().size(); i++) {
            SceneObject object = scene.objects().get(i);
            boolean fits = said(object, words.group(3))
                    && (words.group(2) == null
                            || object.colour().filter(words.group(2)::equals).isPresent())
                    && isIn(words.group(4), object, scene)
                    && isIn(words.group(5), object, scene);
            if (fits && words.group(6) != null) {
                List<Integer> landmark = meant(words.group(7), scene);
                assertThat(landmark).as(text).hasSize(1);
                fits = isBeside(words.group(6), object, scene.objects().get(landmark.get(0)));
            }
            if (fits) {
                fitting.add(i);
            }
        }
        return words.group(1) == null ? fitting : List.of(extreme(words.group(1), fitting, scene));
    }

    private static Noun noun(SceneObject object) {
        return Objects.requireNonNull(NOUNS.get(object.name()));
    }

    private static boolean said(SceneObject object, String word) {
        Noun noun = noun(object);
        return Stream.of(Stream.of(noun.name()), noun.others().stream(), noun.kinds().stream())
                .flatMap(words -> words)
                .anyMatch(word::equals);
    }

    private static boolean isIn(String place, SceneObject object, Scene scene) {
        if (place == null) {
            return true;
        }
        double x = x(object) / scene.picture().width();
        double y = y(object) / scene.picture().height();
        boolean across = (!place.contains("left") && !place.contains("right"))
                || (place.contains("left") ? x < 1 / 3.0 : x > 2 / 3.0);
        boolean down = (!place.contains("top") && !place.contains("bottom"))
                || (place.contains("top") ? y < 1 / 3.0 : y > 2 / 3.0);
        boolean middle = x > 1 / 3.0 && x < 2 / 3.0 && y > 1 / 3.0 && y < 2 / 3.0;
        return place.equals("middle") ? middle : across && down;
    }

    private static boolean isBeside(String relation, SceneObject one, SceneObject other) {
        double across = x(one) - x(other);
        double down = y(one) - y(other);
        return switch (relation) {
            case "left of" -> across < 0 && -across >= Math.abs(down);
            case "right of" -> across > 0 && across >= Math.abs(down);
            case "above" -> down < 0 && -down >= Math.abs(across);
            default -> down > 0 && down >= Math.abs(across);
        };
    }

    private static int extreme(String which, List<Integer> among, Scene scene) {
        return among.stream()
                .min((a, b) -> Double.compare(rank(which, scene, a), rank(which, scene, b)))
                .orElseThrow();
    }

    private static double rank(String which, Scene scene, int number) {
        SceneObject object = scene.objects().get(number);
        double area = (object.box().x2() - object.box().x1() + 1)
                * (object.box().y2() - object.box().y1() + 1);
        return switch (which) {
            case "leftmost" -> x(object);
            case "rightmost" -> -x(object);
            case "largest", "larger" -> -area;
            default -> area;
        };
    }

    private static double x(SceneObject object) {
        return (object.box().x1() + object.box().x2() + 1) / 2;
    }

    private static double y(SceneObject object) {
        return (object.box().y1() + object.box().y2() + 1) / 2;
    }

    @Test
    void aPhraseNamesAsManyObjectsAsItCounts() {
        inEachScene(scene -> {
            for (Scene.Description description : scene.captions()) {
                Caption caption = description.caption();
                Map<Span, List<Integer>> named = new HashMap<>();
                for (int i = 0; i < description.objects().size(); i++) {
                    int object = description.objects().get(i);
                    caption.phrases()
                            .get(i)
                            .forEach(span -> named.computeIfAbsent(span, key -> new ArrayList<>())
                                    .add(object));
                }
                named.forEach((span, objects) -> {
                    String phrase = span.in(caption.text());
                    String first = phrase.substring(0, phrase.indexOf(' '));
                    int count = first.equals("a") || first.equals("an") ? 1 : NUMBERS.indexOf(first);
                    assertThat(objects).as(caption.text() + ": " + phrase).hasSize(count);
                    colourOf(phrase)
                            .ifPresent(colour -> objects.forEach(object -> assertThat(
                                            scene.objects().get(object).colour())
                                    .as(phrase)
                                    .contains(colour)));
                });
            }
        });
    }

    private static Optional<String> colourOf(String phrase) {
        return Arrays.stream(ColourName.values())
                .map(ColourName::toString)
                .filter(colour -> phrase.contains(" " + colour + " "))
                .findFirst();
    }

    @Test
    void countsAndAnswersOfYesAndNoAreRight() {
        List<String> answers = new ArrayList<>();
        Pattern counting = Pattern.compile("How many (.+) are there\\?");
        Pattern presence = Pattern.compile("Is there (?:an? )(?:pair of )?(?:(" + colours() + ") )?(.+)\\?");
        inEachScene(scene -> {
            for (Question question : scene.questions()) {
                Matcher count = counting.matcher(question.question());
                if (count.matches()) {
                    long there = scene.objects().stream()
                            .filter(object -> plurals(object).contains(count.group(1)))
                            .count();
                    assertThat(question.answer()).as(question.question()).isEqualTo(Long.toString(there));
                    assertThat(question.objects()).hasSize((int) there);
                }
                Matcher present = presence.matcher(question.question());
                if (present.matches()) {
                    boolean there = scene.objects().stream()
                            .anyMatch(object -> said(object, present.group(2))
                                    && (present.group(1) == null
                                            || object.colour()
                                                    .filter(present.group(1)::equals)
                                                    .isPresent()));
                    assertThat(question.answer()).as(question.question()).isEqualTo(there ? "yes" : "no");
                    answers.add(question.answer());
                }
            }
        });
        assertThat(Collections.frequency(answers, "yes")).isBetween(answers.size() / 3, answers.size() * 2 / 3);
    }

    private static List<String> plurals(SceneObject object) {
        Noun noun = noun(object);
        return noun.words().map(word -> NounPhrase.of(noun, word, "").plural()).toList();
    }

    @Test
    void whatIsSaidToBeAloneInAPlaceOrBesideAThingIs() {
        Pattern place = Pattern.compile(
                "What is (?:in|on|at) the (?:(top left|top right|bottom left|bottom right) corner|(left|right|top|bottom|middle))\\?");
        Pattern beside = Pattern.compile("What is (left of|right of|above|below) (the .+)\\?");
        int[] asked = new int[2];
        inEachScene(scene -> {
            for (Question question : scene.questions()) {
                Matcher where = place.matcher(question.question());
                Matcher next = beside.matcher(question.question());
                List<String> found = new ArrayList<>();
                if (where.matches()) {
                    asked[0]++;
                    scene.objects().stream()
                            .filter(object ->
                                    isIn(where.group(1), object, scene) && isIn(where.group(2), object, scene))
                            .forEach(object -> found.add(object.name()));
                } else if (next.matches()) {
                    asked[1]++;
                    SceneObject landmark =
                            scene.objects().get(meant(next.group(2), scene).get(0));
                    scene.objects().stream()
                            .filter(object -> isBeside(next.group(1), object, landmark))
                            .forEach(object -> found.add(object.name()));
                } else {
                    continue;
                }
                assertThat(found).as(question.question()).containsExactly(question.answer());
            }
        });
        assertThat(asked[0]).isGreaterThan(20);
        assertThat(asked[1]).isGreaterThan(20);
    }
}
