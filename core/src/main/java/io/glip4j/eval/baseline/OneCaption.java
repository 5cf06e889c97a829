package io.glip4j.eval.baseline;

import io.glip4j.data.GroundingDataset;
import io.glip4j.data.PictureDescription;
import io.glip4j.eval.caption.Bleu;
import io.glip4j.eval.caption.Caption;
import io.glip4j.eval.caption.PtbTokenizer;
import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.Task;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Says of every picture the one sentence that is likest to those of the training set: the highest BLEU-4 against them. */
public final class OneCaption implements EvaluatedModel {
    private static final int MOST_CANDIDATES = 500;
    private static final int MOST_REFERENCES = 2000;

    private final String text;

    private OneCaption(String text) {
        this.text = text;
    }

    /**
     * Chooses the sentence.
     *
     * @throws io.glip4j.GlipException if the data set has other samples than descriptions
     */
    public static OneCaption of(GroundingDataset descriptions) {
        SeenTexts.require(descriptions, Task.DESCRIBE);
        List<String> texts = spread(descriptions.size(), MOST_REFERENCES)
                .mapToObj(i -> ((PictureDescription) descriptions.sample(i).text()).text())
                .toList();
        List<String> tokens = PtbTokenizer.tokenize(texts);
        List<Integer> candidates = new ArrayList<>();
        LinkedHashSet<String> distinct = new LinkedHashSet<>();
        spread(texts.size(), MOST_CANDIDATES)
                .filter(i -> distinct.add(tokens.get(i)))
                .forEach(candidates::add);
        int best = candidates.stream()
                .max(Comparator.comparingDouble(i -> likeness(tokens.get(i), tokens)))
                .orElseThrow();
        return new OneCaption(texts.get(best));
    }

    /** At most {@code most} of {@code count} places, evenly. */
    private static IntStream spread(int count, int most) {
        int kept = Math.min(count, most);
        return IntStream.range(0, kept).map(i -> Math.toIntExact((long) i * count / kept));
    }

    private static double likeness(String candidate, List<String> all) {
        List<Caption> captions = all.stream()
                .map(text -> new Caption("", candidate, List.of(text)))
                .toList();
        List<Double> corpus =
                Bleu.score(captions).stream().map(scores -> scores.corpus()).toList();
        return corpus.get(corpus.size() - 1);
    }

    /** The sentence. */
    public String text() {
        return text;
    }

    @Override
    public Description describe(Picture picture) {
        return new Description(text, 0, true, new Grounding(picture.width(), picture.height(), List.of()));
    }

    @Override
    public Grounding ground(Picture picture, Prompt prompt) {
        throw new UnsupportedOperationException("describes alone");
    }
}
