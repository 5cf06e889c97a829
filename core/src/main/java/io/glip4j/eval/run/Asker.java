package io.glip4j.eval.run;

import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segments;

/** Asks a model about the picture at hand. */
public record Asker(EvaluatedModel model, Picture picture) {
    /** Finds what a prompt names. */
    public Grounding ask(Prompt prompt) {
        return model.ground(picture, prompt);
    }

    /** Finds what a prompt names, pixel by pixel. */
    public Segments segment(Prompt prompt) {
        return model.segment(picture, prompt);
    }

    public Answers answer(String question) {
        return model.answer(picture, question);
    }

    public Description describe() {
        return model.describe(picture);
    }
}
