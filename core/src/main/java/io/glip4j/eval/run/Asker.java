package io.glip4j.eval.run;

import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;

/** Finds what a prompt names in the picture at hand. */
@FunctionalInterface
public interface Asker {
    Grounding ask(Prompt prompt);
}
