package io.glip4j.input;

import java.util.ArrayList;
import java.util.List;

/** Hands out negative words to the passes: as many as have room, at least half of a pass, in turn. */
final class NegativeWords {
    private static final int SEPARATOR_TOKENS = 1;

    private final List<String> names;
    private final List<Integer> costs;
    private final int most;
    private int next;

    /** {@code wanted}: tokens of what is looked for. */
    NegativeWords(PromptEncoder encoder, List<String> negatives, int wanted) {
        names = negatives.stream().map(ClassNameCleaner::clean).distinct().toList();
        costs = names.stream()
                .map(name -> encoder.tokenizer().count(name) + SEPARATOR_TOKENS)
                .toList();
        most = Math.max(encoder.room() / 2, encoder.room() - wanted);
        for (int i = 0; i < names.size(); i++) {
            if (costs.get(i) > most) {
                throw PromptChecks.bad(
                        "negative words of fewer than " + most + " tokens",
                        PromptChecks.quote(names.get(i)) + " with " + costs.get(i),
                        "say it in fewer words");
            }
        }
    }

    /** The words of the next pass. */
    List<String> take() {
        List<String> taken = new ArrayList<>();
        int used = 0;
        while (taken.size() < names.size() && used + costs.get(next) <= most) {
            taken.add(names.get(next));
            used += costs.get(next);
            next = (next + 1) % names.size();
        }
        return taken;
    }
}
