package io.glip4j.eval.caption;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Different words that share a meaning in METEOR's table of WordNet, endings taken off as WordNet does. */
final class MeteorSynonyms implements MeteorModule {
    private static final String[][] ENDINGS = {
        {"s", ""},
        {"ses", "s"},
        {"xes", "x"},
        {"zes", "z"},
        {"ches", "ch"},
        {"shes", "sh"},
        {"men", "man"},
        {"ies", "y"},
        {"s", ""},
        {"ies", "y"},
        {"es", "e"},
        {"es", ""},
        {"ed", "e"},
        {"ed", ""},
        {"ing", "e"},
        {"ing", ""},
        {"er", ""},
        {"est", ""},
        {"er", "e"},
        {"est", "e"}
    };
    private static final int SHORTEST_INFLECTED = 3;

    private final Map<String, List<String>> irregular = new HashMap<>();
    private final Map<String, Set<String>> meanings = new HashMap<>();

    /** Reads lines in pairs: a base and its irregular forms; a word and the numbers of its meanings. */
    MeteorSynonyms(BufferedReader exceptions, BufferedReader synsets) throws IOException {
        for (String base = exceptions.readLine(); base != null; base = exceptions.readLine()) {
            for (String form : tokens(exceptions.readLine())) {
                irregular.computeIfAbsent(form, key -> new ArrayList<>()).add(base);
            }
        }
        for (String word = synsets.readLine(); word != null; word = synsets.readLine()) {
            meanings.put(word, Set.copyOf(new HashSet<>(tokens(synsets.readLine()))));
        }
    }

    private static List<String> tokens(@Nullable String line) {
        List<String> tokens = new ArrayList<>();
        StringTokenizer rest = new StringTokenizer(line == null ? "" : line);
        while (rest.hasMoreTokens()) {
            tokens.add(rest.nextToken());
        }
        return tokens;
    }

    @Override
    public void find(int module, List<String> caption, List<String> reference, Consumer<MeteorMatch> found) {
        Map<String, Set<String>> known = new HashMap<>();
        caption.forEach(word -> known.computeIfAbsent(word, this::allMeanings));
        reference.forEach(word -> known.computeIfAbsent(word, this::allMeanings));
        MeteorModule.pairs(
                module,
                caption,
                reference,
                found,
                (a, b) -> !a.equals(b)
                        && known.getOrDefault(a, Set.of()).stream()
                                .anyMatch(known.getOrDefault(b, Set.of())::contains));
    }

    private Set<String> allMeanings(String word) {
        Set<String> all = new HashSet<>(meanings.getOrDefault(word, Set.of()));
        List<String> bases = irregular.get(word);
        if (bases == null) {
            all.addAll(meanings.getOrDefault(base(word), Set.of()));
        } else {
            bases.forEach(base -> all.addAll(meanings.getOrDefault(base, Set.of())));
        }
        return all;
    }

    private String base(String word) {
        if (word.endsWith("ss") || word.length() < SHORTEST_INFLECTED) {
            return word;
        }
        String tail = word.endsWith("ful") ? "ful" : "";
        for (String[] ending : ENDINGS) {
            if (word.endsWith(ending[0])) {
                String base = word.substring(0, word.length() - ending[0].length()) + ending[1];
                if (meanings.containsKey(base)) {
                    return base + tail;
                }
            }
        }
        return "";
    }
}
