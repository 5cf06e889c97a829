package io.glip4j.eval.caption;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Phrases that METEOR's table lists as paraphrases, looked up in both directions. */
final class MeteorParaphrases implements MeteorModule {
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final Node root = new Node();
    private int longest;

    /** A phrase's words so far, and what the phrase may be replaced by. */
    private static final class Node {
        private Map<Integer, Node> next = Map.of();
        private int[][] paraphrases = {};
    }

    /**
     * Reads lines in threes: a number that is not used, a phrase, its paraphrase.
     *
     * @param words the words of all texts; phrases with others can never occur and are passed over
     */
    MeteorParaphrases(BufferedReader table, Set<String> words) throws IOException {
        words.forEach(word -> vocabulary.put(word, vocabulary.size()));
        while (table.readLine() != null) {
            int[] phrase = ids(table.readLine());
            int[] paraphrase = ids(table.readLine());
            if (phrase.length == 0 || paraphrase.length == 0) {
                continue;
            }
            Node node = root;
            for (int word : phrase) {
                if (node.next.isEmpty()) {
                    node.next = new HashMap<>(2);
                }
                node = node.next.computeIfAbsent(word, key -> new Node());
            }
            int[][] grown = Arrays.copyOf(node.paraphrases, node.paraphrases.length + 1);
            grown[grown.length - 1] = paraphrase;
            node.paraphrases = grown;
            longest = Math.max(longest, phrase.length);
        }
    }

    /** The words' numbers; none if one is unknown. */
    private int[] ids(@Nullable String line) {
        StringTokenizer tokens = new StringTokenizer(line == null ? "" : line);
        int[] ids = new int[tokens.countTokens()];
        for (int i = 0; i < ids.length; i++) {
            Integer id = vocabulary.get(tokens.nextToken());
            if (id == null) {
                return new int[0];
            }
            ids[i] = id;
        }
        return ids;
    }

    @Override
    public void find(int module, List<String> caption, List<String> reference, Consumer<MeteorMatch> found) {
        int[] captionIds = lookUp(caption);
        int[] referenceIds = lookUp(reference);
        each(
                referenceIds,
                captionIds,
                (start, length, other, otherLength) ->
                        found.accept(new MeteorMatch(module, start, length, other, otherLength)));
        each(
                captionIds,
                referenceIds,
                (start, length, other, otherLength) ->
                        found.accept(new MeteorMatch(module, other, otherLength, start, length)));
    }

    private int[] lookUp(List<String> words) {
        return words.stream()
                .mapToInt(word -> vocabulary.getOrDefault(word, -1))
                .toArray();
    }

    private interface Pair {
        void accept(int start, int length, int other, int otherLength);
    }

    private void each(int[] from, int[] in, Pair pair) {
        for (int start = 0; start < from.length; start++) {
            Node node = root;
            for (int length = 1; length <= longest && start + length <= from.length; length++) {
                Node next = node.next.get(from[start + length - 1]);
                if (next == null) {
                    break;
                }
                node = next;
                for (int[] paraphrase : node.paraphrases) {
                    for (int other = 0; other + paraphrase.length <= in.length; other++) {
                        if (occurs(paraphrase, in, other)) {
                            pair.accept(start, length, other, paraphrase.length);
                        }
                    }
                }
            }
        }
    }

    private static boolean occurs(int[] phrase, int[] in, int at) {
        for (int k = 0; k < phrase.length; k++) {
            if (in[at + k] != phrase[k]) {
                return false;
            }
        }
        return true;
    }
}
