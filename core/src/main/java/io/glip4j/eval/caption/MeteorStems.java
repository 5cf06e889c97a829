package io.glip4j.eval.caption;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tartarus.snowball.ext.englishStemmer;

/** Different words with the same Snowball stem. */
final class MeteorStems implements MeteorModule {
    private final Map<String, String> stems = new ConcurrentHashMap<>();

    @Override
    public void find(int module, List<String> caption, List<String> reference, Consumer<MeteorMatch> found) {
        MeteorModule.pairs(module, caption, reference, found, (a, b) -> !a.equals(b) && stem(a).equals(stem(b)));
    }

    private String stem(String word) {
        return stems.computeIfAbsent(word, key -> {
            englishStemmer stemmer = new englishStemmer();
            stemmer.setCurrent(key);
            stemmer.stem();
            return stemmer.getCurrent();
        });
    }
}
