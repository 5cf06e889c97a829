package io.glip4j.eval.caption;

import io.glip4j.text.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often each run of 1 to 4 words occurs in a caption. */
record Ngrams(int words, Map<List<String>, Integer> counts) {
    static final int LONGEST = 4;

    static Ngrams of(String caption) {
        List<String> words = List.copyOf(PythonText.words(caption));
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        for (int n = 1; n <= LONGEST; n++) {
            for (int i = 0; i + n <= words.size(); i++) {
                counts.merge(words.subList(i, i + n), 1, Integer::sum);
            }
        }
        return new Ngrams(words.size(), counts);
    }
}
