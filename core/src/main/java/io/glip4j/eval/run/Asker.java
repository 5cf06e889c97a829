package io.glip4j.eval.run;

import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;

/** Asks a model about the picture at hand. */
public record Asker(EvaluatedModel model, Picture picture) {
    /** Finds what a prompt names. */
    public Grounding ask(Prompt prompt) {
        return model.ground(picture, prompt);
    }

    public Answers answer(String question) {
        return model.answer(picture, question);
    }

    public Description describe() {
        return model.describe(picture);
    }
}
