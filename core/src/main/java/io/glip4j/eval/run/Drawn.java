package io.glip4j.eval.run;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import java.util.List;

/** Boxes with words, to be drawn. */
final class Drawn {
    private Drawn() {}

    static Detection box(String words, double score, BoxXyxy box) {
        return new Detection(words, new Span(0, words.codePointCount(0, words.length())), score, box, List.of());
    }
}
