package io.glip4j.train;

import io.glip4j.data.SampleText;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.TokenizedText;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

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

    /** (K) int64, {@link #pictures}, to take what is known of each picture once for each of its texts. */
    Tensor rows() {
        return Tensors.of(pictures.stream().mapToLong(Integer::longValue).toArray(), pictures.size());
    }

    /** Which of its picture's texts a text is, from 0. */
    int numberInPicture(int text) {
        return text - pictures.indexOf(pictures.get(text));
    }
}
