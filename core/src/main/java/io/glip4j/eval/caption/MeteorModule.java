package io.glip4j.eval.caption;

import java.util.List;
import java.util.function.Consumer;

/** Finds words or phrases of a caption that mean the same as ones of a reference. */
interface MeteorModule {
    /**
     * Reports every pair found.
     *
     * @param module this module's number, 0 for exact matches
     */
    void find(int module, List<String> caption, List<String> reference, Consumer<MeteorMatch> found);

    /** Equal words. */
    static MeteorModule exact() {
        return (module, caption, reference, found) -> pairs(module, caption, reference, found, String::equals);
    }

    /** Whether two words match. */
    @FunctionalInterface
    interface WordTest {
        boolean matches(String captionWord, String referenceWord);
    }

    /** Tests all pairs of words, the reference's in the outer loop. */
    static void pairs(
            int module, List<String> caption, List<String> reference, Consumer<MeteorMatch> found, WordTest test) {
        for (int j = 0; j < reference.size(); j++) {
            for (int i = 0; i < caption.size(); i++) {
                if (test.matches(caption.get(i), reference.get(j))) {
                    found.accept(new MeteorMatch(module, j, 1, i, 1));
                }
            }
        }
    }
}
