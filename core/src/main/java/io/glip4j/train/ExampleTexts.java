package io.glip4j.train;

import io.glip4j.data.SampleText;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.TokenizedText;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * What belongs to the K texts in J * N rows, J for each picture in turn, as the network reads several texts of a
     * picture that it looks at once. Where a picture has fewer its first one stands in for the others.
     */
    <T> List<T> evenly(List<T> ofTexts) {
        int most = mostOfOnePicture();
        List<T> rows = new ArrayList<>();
        for (int picture = 0; picture <= pictures.get(pictures.size() - 1); picture++) {
            int first = pictures.indexOf(picture);
            int count = pictures.lastIndexOf(picture) + 1 - first;
            for (int text = 0; text < most; text++) {
                rows.add(ofTexts.get(text < count ? first + text : first));
            }
        }
        return rows;
    }

    /** (K) int64: which of the rows of {@link #evenly} are the texts themselves. */
    Tensor rows() {
        int most = mostOfOnePicture();
        long[] rows = IntStream.range(0, pictures.size())
                .mapToLong(text -> (long) most * pictures.get(text) + numberInPicture(text))
                .toArray();
        return Tensors.of(rows, rows.length);
    }

    private int mostOfOnePicture() {
        return 1
                + IntStream.range(0, pictures.size())
                        .map(this::numberInPicture)
                        .max()
                        .orElseThrow();
    }

    /** Which of its picture's texts a text is, from 0. */
    int numberInPicture(int text) {
        return text - pictures.indexOf(pictures.get(text));
    }
}
