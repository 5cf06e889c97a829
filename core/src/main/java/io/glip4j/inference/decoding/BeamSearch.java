package io.glip4j.inference.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Beam search: of all ways to add a word to the sentences at hand the best go on; what ends is kept. It stops when no
 * sentence at hand, however it goes on, could score better than the best that ended.
 */
final class BeamSearch {
    private final int beams;
    private final double lengthPenalty;

    BeamSearch(int beams, double lengthPenalty) {
        this.beams = beams;
        this.lengthPenalty = lengthPenalty;
    }

    /** A sentence at hand and the text it is in. */
    private record Live(Sentence sentence, int text) {}

    /** A way to go on. */
    private record Candidate(Live from, int word, double logProbability) {
        double total() {
            return from.sentence().logProbability() + logProbability;
        }
    }

    Sentence decode(NextWords model, int maxWords) {
        List<Live> live = List.of(new Live(Sentence.EMPTY, 0));
        Optional<Sentence> best = Optional.empty();
        for (int length = 0; length < maxWords + 1; length++) {
            float[][] logs = extend(model, live);
            List<Candidate> candidates = candidates(live, logs);
            List<Live> next = new ArrayList<>();
            for (Candidate candidate : candidates) {
                Sentence before = candidate.from().sentence();
                if (candidate.word() == model.end()) {
                    if (length > 0) {
                        best = better(best, before.ended(candidate.logProbability()));
                    }
                } else if (next.size() < beams) {
                    next.add(new Live(
                            before.with(candidate.word(), candidate.logProbability()),
                            candidate.from().text()));
                }
            }
            if (length == maxWords
                    || best.filter(ended -> ended.score(lengthPenalty) >= bound(next, maxWords))
                            .isPresent()) {
                break;
            }
            live = next;
        }
        List<Live> cut = live;
        return best.orElseGet(() -> cut.get(0).sentence());
    }

    private static float[][] extend(NextWords model, List<Live> live) {
        int[] from = new int[model.texts()];
        int[] words = new int[model.texts()];
        for (int text = 0; text < from.length; text++) {
            Live one = live.get(Math.min(text, live.size() - 1)); // texts too many repeat the last
            List<Integer> said = one.sentence().words();
            from[text] = one.text();
            words[text] = said.isEmpty() ? model.start() : said.get(said.size() - 1);
        }
        return model.after(from, words);
    }

    /** The best ways to go on, best first: enough for all beams even where every sentence may end. */
    private List<Candidate> candidates(List<Live> live, float[][] logs) {
        List<Candidate> all = new ArrayList<>();
        for (int text = 0; text < live.size(); text++) {
            Live standing = new Live(live.get(text).sentence(), text);
            float[] ofText = logs[text];
            for (int word : likeliest(ofText, beams + 1)) {
                all.add(new Candidate(standing, word, ofText[word]));
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::total).reversed());
        return all;
    }

    /** The most probable words, at most {@code count}. */
    private static int[] likeliest(float[] logs, int count) {
        PriorityQueue<Integer> kept = new PriorityQueue<>(Comparator.comparingDouble(word -> logs[word]));
        for (int word = 0; word < logs.length; word++) {
            if (logs[word] > Float.NEGATIVE_INFINITY && (kept.size() < count || logs[word] > logs[kept.element()])) {
                kept.add(word);
                if (kept.size() > count) {
                    kept.remove();
                }
            }
        }
        return kept.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private Optional<Sentence> better(Optional<Sentence> best, Sentence other) {
        boolean wins = best.filter(known -> known.score(lengthPenalty) >= other.score(lengthPenalty))
                .isEmpty();
        return wins ? Optional.of(other) : best;
    }

    /** No sentence that goes on can score more: it only gets less probable, and no longer than the limit and its end. */
    private double bound(List<Live> live, int maxWords) {
        return live.stream()
                .map(Live::sentence)
                .mapToDouble(sentence -> IntStream.of(sentence.words().size() + 1, maxWords + 1)
                        .mapToDouble(length -> sentence.logProbability() / Math.pow(length, lengthPenalty))
                        .max()
                        .orElseThrow())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
