package io.glip4j;

import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Networks small enough to run many times in a test, with every task they can do. */
public final class SmallNetworks {
    public static final int VOCABULARY = 60;
    public static final AnswerVocabulary ANSWERS = new AnswerVocabulary(List.of("yes", "no", "red", "2"));

    private SmallNetworks() {}

    /** With BERT's kind of text and a vocabulary of {@link #VOCABULARY} made-up words. */
    public static GlipConfig bert() {
        return with(new BertConfig(VOCABULARY, 24, 2, 3, 48, 40, 32));
    }

    /** With CLIP's kind of text. */
    public static GlipConfig clip() {
        return with(new ClipTextConfig(VOCABULARY, 24, 2, 3, 32));
    }

    /** {@link #bert()} whose words read the picture once more after the fusion. */
    public static GlipConfig reader() {
        GlipConfig bert = bert();
        return new GlipConfig(
                "reader",
                bert.image(),
                bert.imageEncoder(),
                bert.textEncoder(),
                bert.fusion(),
                bert.postProcess(),
                bert.heads(),
                bert.answers(),
                2);
    }

    /** For the words of {@code bert-base-uncased}. */
    public static GlipConfig english() {
        return with(new BertConfig(30_522, 24, 1, 2, 48, 64, 48));
    }

    /** A network that learns something about pictures of {@code side} x {@code side} in some dozen steps. */
    public static GlipConfig learner(int side, Set<Head> heads) {
        return new GlipConfig(
                "learner",
                new ImageConfig(side, side, 32),
                new SwinConfig(SwinConfig.Version.V1, 24, List.of(1, 1, 1, 1), List.of(1, 2, 4, 8), 4, false, 0),
                new BertConfig(30_522, 32, 1, 2, 64, 64, 48),
                new FusionConfig(1, 32, 8, 64, 4, 0),
                PostProcessConfig.PUBLISHED,
                heads);
    }

    private static GlipConfig with(TextEncoderConfig text) {
        return new GlipConfig(
                        "small",
                        new ImageConfig(64, 96, 32),
                        new SwinConfig(
                                SwinConfig.Version.V1, 12, List.of(2, 1, 2, 1), List.of(1, 2, 3, 4), 5, false, 0),
                        text,
                        new FusionConfig(2, 32, 8, 64, 4, 0.1),
                        PostProcessConfig.PUBLISHED,
                        Set.of(Head.NEXT_WORD))
                .withAnswers(ANSWERS);
    }

    /** Lets a network that has learned nothing find something everywhere. */
    public static void makeEverythingLikely(Parameters parameters) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Objects.requireNonNull(parameters.byName().get("rpn.head.bias0")).zero_();
        }
    }
}
