package io.glip4j.eval.run;

import io.glip4j.Glip;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segments;

/** A model that is evaluated; what no task asks of it, it need not do. */
@FunctionalInterface
public interface EvaluatedModel {
    Grounding ground(Picture picture, Prompt prompt);

    default Segments segment(Picture picture, Prompt prompt) {
        throw new UnsupportedOperationException("makes no masks");
    }

    default Answers answer(Picture picture, String question) {
        throw new UnsupportedOperationException("answers no questions");
    }

    default Description describe(Picture picture) {
        throw new UnsupportedOperationException("describes no pictures");
    }

    /** A loaded model, which describes by words alone. */
    static EvaluatedModel of(Glip glip) {
        DescribeOptions words = DescribeOptions.DEFAULT.withGrounding(false);
        return new EvaluatedModel() {
            @Override
            public Grounding ground(Picture picture, Prompt prompt) {
                return glip.ground(picture, prompt);
            }

            @Override
            public Segments segment(Picture picture, Prompt prompt) {
                return glip.segment(picture, prompt);
            }

            @Override
            public Answers answer(Picture picture, String question) {
                return glip.answer(picture, question);
            }

            @Override
            public Description describe(Picture picture) {
                return glip.describe(picture, words);
            }
        };
    }
}
