package io.glip4j.train;

import io.glip4j.data.Seeds;
import io.glip4j.data.SpanMasking;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.model.PictureMemory;
import io.glip4j.model.Task;
import io.glip4j.model.TextBatch;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.model.head.NextWordHead;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import io.glip4j.train.loss.WordLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Descriptions told left to right with teacher forcing: from the picture and the true words so far the next word, to the
 * end token (GLIPv2, section 3.3). In a share of them spans of the words so far are hidden, if the run asks for it.
 */
public final class DescribeObjective implements Objective {
    private final GlipModel model;
    private final NextWordHead head;
    private final SpanMasking masking;
    private final ExamplePictures pictures;
    private final Ranks ranks;

    /** For a network that describes. */
    public DescribeObjective(GlipConfig config, GlipModel model, SpanMasking masking, Ranks ranks) {
        config.require(Task.DESCRIBE);
        this.model = model;
        this.head = model.nextWordHead().orElseThrow();
        this.masking = masking;
        this.pictures = new ExamplePictures(config.image());
        this.ranks = ranks;
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        ExampleTexts texts = ExampleTexts.of(batch);
        List<TokenizedText> said = texts.tokens();
        List<TokenizedText> shown = IntStream.range(0, said.size())
                .mapToObj(text -> masking.mask(said.get(text), numbers(texts, text, batch.size(), seed)))
                .toList();
        TextBatch words = Tokenizer.batch(texts.evenly(shown)); // (J * N, T)
        PictureMemory memory = model.memorize(model.encodeImages(pictures.of(batch), Mode.TRAINING));
        Tensor fused = model.describe(memory, words.tokenIds(), WordsBefore.NONE, Mode.TRAINING)
                .index_select(0, texts.rows()); // (K, T, Ct)
        return new Losses(
                Map.of(LossTerm.NEXT_WORDS, WordLoss.of(head::forward, fused, nextWords(said, fused.size(1)), ranks)));
    }

    /** By the text's place in the global batch, so that they are the same on however many ranks. */
    private SplittableRandom numbers(ExampleTexts texts, int text, int pictures, long seed) {
        long place = (long) pictures * ranks.rank() + texts.pictures().get(text);
        return Seeds.random(seed, place, texts.numberInPicture(text));
    }

    /** (N, T) int64: each token's next one. */
    private static Tensor nextWords(List<TokenizedText> texts, long tokens) {
        int width = Math.toIntExact(tokens);
        long[] labels = new long[texts.size() * width];
        Arrays.fill(labels, WordLoss.NOT_TOLD);
        for (int n = 0; n < texts.size(); n++) {
            List<Integer> ids = texts.get(n).ids();
            for (int i = 0; i < ids.size() - 1; i++) {
                labels[n * width + i] = ids.get(i + 1);
            }
        }
        return Tensors.of(labels, texts.size(), width);
    }
}
