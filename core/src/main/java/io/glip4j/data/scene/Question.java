package io.glip4j.data.scene;

import java.util.List;

/**
 * A question about a scene with its one right answer.
 *
 * @param kind what it asks for
 * @param objects numbers of the objects it is about; none where it asks for what is not there
 */
public record Question(Kind kind, String question, String answer, List<Integer> objects) {
    /** The kinds of answers that VQA tells apart, and their names in its files. */
    public enum Kind {
        YES_NO("yes/no"),
        NUMBER("number"),
        OTHER("other");

        private final String published;

        Kind(String published) {
            this.published = published;
        }

        /** As in VQA's {@code answer_type}. */
        public String published() {
            return published;
        }
    }

    public Question {
        objects = List.copyOf(objects);
    }
}
