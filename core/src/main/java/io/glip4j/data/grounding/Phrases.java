package io.glip4j.data.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import java.util.List;

/** Parts of a caption that name a box. */
final class Phrases {
    private Phrases() {}

    /**
     * Refuses parts that are none of the caption.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS}
     */
    static void check(List<Span> words, String caption) {
        int length = caption.codePointCount(0, caption.length());
        if (words.isEmpty()) {
            throw bad("wanted tokens_positive, the words of the caption that name the box, got none");
        }
        for (Span span : words) {
            if (span.end() > length || span.in(caption).isBlank()) {
                throw bad("wanted tokens_positive that are words of a caption of " + length + " code points, got ["
                        + span.begin() + ", " + span.end() + "]");
            }
        }
    }

    /**
     * Where a phrase stands in a caption.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if it is not in there
     */
    static List<Span> find(String phrase, String caption) {
        try {
            return Prompt.captionWith(caption, List.of(phrase)).phrases().get(0).spans();
        } catch (GlipException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
