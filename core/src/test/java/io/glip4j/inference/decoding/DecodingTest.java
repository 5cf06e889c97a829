package io.glip4j.inference.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to choose a sentence, on language models so small that every sentence can be tried. */
class DecodingTest {
    private static final int START = 0;
    private static final int END = 1;
    private static final int VOCABULARY = 5;
    private static final int MOST_WORDS = 4;
    private static final int EVERY_SENTENCE = 81;

    /** The next word's probabilities depend on all words before it; drawn from a seed. */
    private static final class Drawn implements NextWords {
        private final long seed;
        private final int texts;
        private List<List<Integer>> said = List.of();
        private int calls;

        Drawn(long seed, int texts) {
            this.seed = seed;
            this.texts = texts;
        }

        @Override
        public int texts() {
            return texts;
        }

        @Override
        public int start() {
            return START;
        }

        @Override
        public int end() {
            return END;
        }

        @Override
        public float[][] after(int[] from, int[] words) {
            assertThat(from).hasSize(texts);
            calls++;
            List<List<Integer>> longer = new ArrayList<>();
            for (int text = 0; text < texts; text++) {
                List<Integer> one = new ArrayList<>(said.isEmpty() ? List.of() : said.get(from[text]));
                one.add(words[text]);
                longer.add(one);
            }
            said = longer;
            return said.stream().map(this::logs).toArray(float[][]::new);
        }

        float[] logs(List<Integer> words) {
            SplittableRandom random = new SplittableRandom(seed + 31L * words.hashCode());
            double[] weights = new double[VOCABULARY];
            for (int word = END; word < VOCABULARY; word++) {
                weights[word] = Math.exp(3 * random.nextDouble());
            }
            double sum = Arrays.stream(weights).sum();
            float[] logs = new float[VOCABULARY];
            for (int word = 0; word < VOCABULARY; word++) {
                logs[word] = (float) Math.log(weights[word] / sum);
            }
            return logs;
        }
    }

    /** Every sentence that ends, with its log-probability. */
    private static void grow(Drawn model, List<Integer> words, double sum, Map<List<Integer>, Double> all) {
        List<Integer> withStart = new ArrayList<>(words);
        withStart.add(0, START);
        float[] logs = model.logs(withStart);
        if (!words.isEmpty()) {
            all.put(words, sum + logs[END]);
        }
        if (words.size() < MOST_WORDS) {
            for (int word = END + 1; word < VOCABULARY; word++) {
                List<Integer> longer = new ArrayList<>(words);
                longer.add(word);
                grow(model, longer, sum + logs[word], all);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "4, 1", "5, 2", "6, 0.5", "7, -1"})
    void enoughBeamsFindTheBestSentence(long seed, double lengthPenalty) {
        Map<List<Integer>, Double> all = new HashMap<>();
        grow(new Drawn(seed, 1), List.of(), 0, all);
        Map.Entry<List<Integer>, Double> best = all.entrySet().stream()
                .max(Comparator.comparingDouble(
                        one -> one.getValue() / Math.pow(one.getKey().size() + 1, lengthPenalty)))
                .orElseThrow();

        Sentence found =
                new BeamSearch(EVERY_SENTENCE, lengthPenalty).decode(new Drawn(seed, EVERY_SENTENCE), MOST_WORDS);

        assertThat(found.words()).isEqualTo(best.getKey());
        assertThat(found.logProbability()).isEqualTo(best.getValue(), within(1e-5));
        assertThat(found.ended()).isTrue();
    }

    @Test
    void moreBeamsAreOnTheWholeBetterThanGreedy() {
        int better = 0;
        for (long seed = 0; seed < 50; seed++) {
            double greedy = new Decoding.Greedy().decode(new Drawn(seed, 1), 12).logProbability();
            double beam = new Decoding.Beam(3, 0).decode(new Drawn(seed, 3), 12).logProbability();
            better += beam > greedy + 1e-6 ? 1 : 0;
        }
        assertThat(better).isGreaterThan(10);
    }

    @Test
    void aHigherLengthPenaltyGivesLongerSentences() {
        double[] words = new double[3];
        for (long seed = 0; seed < 40; seed++) {
            for (int penalty = 0; penalty < 3; penalty++) {
                words[penalty] += new Decoding.Beam(4, penalty)
                        .decode(new Drawn(seed, 4), 10)
                        .words()
                        .size();
            }
        }
        assertThat(words[0]).isLessThan(words[1]);
        assertThat(words[1]).isLessThan(words[2]);
    }

    @Test
    void greedyTakesTheLikeliestWordEachTimeAndNeverNothing() {
        Drawn model = new Drawn(8, 1);
        Sentence sentence = new Decoding.Greedy().decode(model, 6);
        List<Integer> before = new ArrayList<>(List.of(START));
        double sum = 0;
        for (int word : sentence.words()) {
            float[] logs = model.logs(before);
            for (int other = before.size() == 1 ? END + 1 : END; other < VOCABULARY; other++) {
                assertThat(logs[word]).isGreaterThanOrEqualTo(logs[other]);
            }
            sum += logs[word];
            before.add(word);
        }
        double end = sentence.ended() ? model.logs(before)[END] : 0;
        assertThat(sentence.logProbability()).isEqualTo(sum + end, within(1e-6));
        assertThat(sentence.words()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void sentencesAreCutAtTheMostWords(int most) {
        for (long seed = 0; seed < 20; seed++) {
            for (Decoding decoding :
                    List.of(new Decoding.Greedy(), new Decoding.Beam(2, 1), new Decoding.Nucleus(0.9, 1, seed))) {
                Drawn model = new Drawn(seed, decoding.texts());
                assertThat(decoding.decode(model, most).words()).hasSizeBetween(1, most);
                assertThat(model.calls).isLessThanOrEqualTo(most + 1);
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSameSentence() {
        List<List<Integer>> drawn = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            Decoding nucleus = new Decoding.Nucleus(1, 1, seed);
            List<Integer> words = nucleus.decode(new Drawn(3, 1), 8).words();
            assertThat(nucleus.decode(new Drawn(3, 1), 8).words()).isEqualTo(words);
            drawn.add(words);
        }
        assertThat(drawn.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void wordsAreDrawnAsOftenAsTheyAreProbableAndOnlyFromTheNucleus() {
        float[] logs = {
            (float) Math.log(0.05),
            (float) Math.log(0.5),
            Float.NEGATIVE_INFINITY,
            (float) Math.log(0.3),
            (float) Math.log(0.15)
        };
        NucleusDraw draw = new NucleusDraw(0.75, 1, 5);
        int[] counts = new int[logs.length];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            counts[draw.applyAsInt(logs)]++;
        }
        assertThat(counts[0] + counts[2] + counts[4]).isZero();
        assertThat((double) counts[1] / draws).isEqualTo(0.5 / 0.8, within(0.015));
        NucleusDraw cold = new NucleusDraw(1, 0.5, 5);
        int first = 0;
        for (int i = 0; i < draws; i++) {
            first += cold.applyAsInt(logs) == 1 ? 1 : 0;
        }
        double squares = 0.05 * 0.05 + 0.25 + 0.09 + 0.15 * 0.15;
        assertThat((double) first / draws).isEqualTo(0.25 / squares, within(0.015));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Decoding.Beam(0, 1)).hasMessageContaining("wanted 1 to 64 beams, got 0");
        assertThatThrownBy(() -> new Decoding.Beam(65, 1)).isInstanceOf(GlipException.class);
        assertThatThrownBy(() -> new Decoding.Beam(2, Double.NaN)).isInstanceOf(GlipException.class);
        assertThatThrownBy(() -> new Decoding.Nucleus(0, 1, 0)).hasMessageContaining("share in (0, 1]");
        assertThatThrownBy(() -> new Decoding.Nucleus(0.9, 0, 0)).hasMessageContaining("temperature");
    }
}
