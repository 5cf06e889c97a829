package io.glip4j.inference.decoding;

import java.util.function.ToIntFunction;

/**
 * One sentence, whose next word is picked before the one after it is looked at.
 *
 * @param pick from the log-probabilities of all words
 */
record WordByWord(ToIntFunction<float[]> pick) {
    /** The most probable word. */
    static int likeliest(float[] logs) {
        int best = 0;
        for (int word = 1; word < logs.length; word++) {
            if (logs[word] > logs[best]) {
                best = word;
            }
        }
        return best;
    }

    Sentence decode(NextWords model, int maxWords) {
        Sentence sentence = Sentence.EMPTY;
        int last = model.start();
        while (true) {
            float[] logs = model.after(new int[] {0}, new int[] {last})[0].clone();
            if (sentence.words().isEmpty()) {
                logs[model.end()] = Float.NEGATIVE_INFINITY;
            }
            last = pick.applyAsInt(logs);
            if (last == model.end()) {
                return sentence.ended(logs[last]);
            }
            if (sentence.words().size() == maxWords) {
                return sentence;
            }
            sentence = sentence.with(last, logs[last]);
        }
    }
}
