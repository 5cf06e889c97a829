package io.glip4j.train;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.model.Task;
import io.glip4j.model.TextBatch;
import io.glip4j.model.head.AnswerHead;
import io.glip4j.train.loss.AnswerLoss;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Questions, each fused with its picture and answered from its start token. */
public final class AnswerObjective implements Objective {
    private final GlipModel model;
    private final AnswerHead head;
    private final AnswerVocabulary vocabulary;
    private final ExamplePictures pictures;

    /** For a network that answers questions. */
    public AnswerObjective(GlipConfig config, GlipModel model) {
        config.require(Task.ANSWER);
        this.model = model;
        this.head = model.answerHead().orElseThrow();
        this.vocabulary = config.answers();
        this.pictures = new ExamplePictures(config.image());
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        TextBatch words =
                Tokenizer.batch(batch.stream().map(TrainingExample::tokens).toList()); // (N, T)
        FusedFeatures fused = model.fuse(
                model.encodeImages(pictures.of(batch), Mode.TRAINING), model.encodeText(words), Mode.TRAINING);
        List<AnsweredQuestion> questions = batch.stream()
                .map(example -> (AnsweredQuestion) example.sample().text())
                .toList();
        Tensor logits = head.forward(fused.text()); // (N, A)
        return new Losses(Map.of(LossTerm.ANSWERS, AnswerLoss.of(logits, AnswerLoss.targets(questions, vocabulary))));
    }
}
