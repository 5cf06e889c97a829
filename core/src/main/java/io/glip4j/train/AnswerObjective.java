package io.glip4j.train;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.Task;
import io.glip4j.model.TextFeatures;
import io.glip4j.train.loss.AnswerLoss;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Questions, each fused with its picture and answered from its start token. */
public final class AnswerObjective implements Objective {
    private final GlipModel model;
    private final AnswerVocabulary vocabulary;
    private final ExamplePictures pictures;

    /** For a network that answers questions. */
    public AnswerObjective(GlipConfig config, GlipModel model) {
        config.require(Task.ANSWER);
        this.model = model;
        this.vocabulary = config.answers();
        this.pictures = new ExamplePictures(config.image());
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        ExampleTexts texts = ExampleTexts.of(batch);
        ImageFeatures images = model.encodeImages(pictures.of(batch), Mode.TRAINING); // of N pictures
        TextFeatures words = model.encodeText(Tokenizer.batch(texts.evenly(texts.tokens()))); // (J * N, T)
        Tensor fused = model.fuseWords(images, words, Mode.TRAINING); // (J * N, T, Ct)
        Tensor logits = model.answer(images, fused, words.attentionMask()).index_select(0, texts.rows()); // (K, A)
        List<AnsweredQuestion> questions =
                texts.texts().stream().map(AnsweredQuestion.class::cast).toList();
        return new Losses(Map.of(LossTerm.ANSWERS, AnswerLoss.of(logits, AnswerLoss.targets(questions, vocabulary))));
    }
}
