package io.glip4j.train;

import io.glip4j.data.SampleText;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.TokenizedText;
import io.glip4j.model.ImageFeatures;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * The K questions or descriptions of a batch of N pictures, of which some have several.
 *
 * @param texts K, as they were sampled
 * @param tokens K
 * @param pictures K, which of the N pictures each is of
 */
record ExampleTexts(List<SampleText> texts, List<TokenizedText> tokens, List<Integer> pictures) {
    ExampleTexts {
        texts = List.copyOf(texts);
        tokens = List.copyOf(tokens);
        pictures = List.copyOf(pictures);
    }

    static ExampleTexts of(List<TrainingExample> batch) {
        List<SampleText> texts = new ArrayList<>();
        List<TokenizedText> tokens = new ArrayList<>();
        List<Integer> pictures = new ArrayList<>();
        for (int picture = 0; picture < batch.size(); picture++) {
            TrainingExample example = batch.get(picture);
            texts.addAll(example.sample().text().each());
            tokens.addAll(example.texts());
            for (int text = 0; text < example.texts().size(); text++) {
                pictures.add(picture);
            }
        }
        return new ExampleTexts(texts, tokens, pictures);
    }

    /** Features of the N pictures once for each text. */
    ImageFeatures rows(ImageFeatures images) {
        return images.rows(
                Tensors.of(pictures.stream().mapToLong(Integer::longValue).toArray(), pictures.size()));
    }
}
