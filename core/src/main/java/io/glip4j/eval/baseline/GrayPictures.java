package io.glip4j.eval.baseline;

import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segments;
import java.util.Arrays;

/** A model that is shown a gray picture of the same size: what it says without looking. */
public record GrayPictures(EvaluatedModel model) implements EvaluatedModel {
    private static final byte GRAY = 114;

    private static Picture gray(Picture picture) {
        byte[] rgb = new byte[3 * picture.width() * picture.height()];
        Arrays.fill(rgb, GRAY);
        return new Picture(picture.width(), picture.height(), rgb);
    }

    @Override
    public Grounding ground(Picture picture, Prompt prompt) {
        return model.ground(gray(picture), prompt);
    }

    @Override
    public Segments segment(Picture picture, Prompt prompt) {
        return model.segment(gray(picture), prompt);
    }

    @Override
    public Answers answer(Picture picture, String question) {
        return model.answer(gray(picture), question);
    }

    @Override
    public Description describe(Picture picture) {
        return model.describe(gray(picture));
    }
}
