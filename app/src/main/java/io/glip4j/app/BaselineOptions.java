package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.language.CocoCaptions;
import io.glip4j.data.language.VqaDataset;
import io.glip4j.eval.baseline.BoxMasks;
import io.glip4j.eval.baseline.GrayPictures;
import io.glip4j.eval.baseline.OneCaption;
import io.glip4j.eval.baseline.QuestionPrior;
import io.glip4j.eval.run.EvaluatedModel;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code glip eval} measures in a model's place, to compare it with. */
final class BaselineOptions {
    /** What is taken away. */
    enum Kind {
        /** Nothing: the model itself. */
        NONE,
        /** Pictures: the model sees gray ones. */
        GRAY,
        /** Pictures: texts of the training set alone, no model. */
        TEXTS,
        /** Shapes: masks are the model's boxes. */
        BOXES
    }

    @Option(
            names = "--baseline",
            paramLabel = "KIND",
            defaultValue = "NONE",
            description = {
                "measure a baseline instead: GRAY (the model sees gray pictures), TEXTS (no model: the answers that",
                "questions like these had in --seen-annotations, or the most typical of its captions), BOXES (masks are",
                "the model's boxes)"
            })
    private Kind kind = Kind.NONE;

    @Option(
            names = "--seen-annotations",
            paramLabel = "FILE",
            description = "TEXTS: answers or captions of a training set")
    private Optional<Path> annotations = Optional.empty();

    @Option(names = "--seen-questions", paramLabel = "FILE", description = "TEXTS: the questions to these answers")
    private Optional<Path> questions = Optional.empty();

    @Option(
            names = "--seen-images",
            paramLabel = "DIR",
            description = "TEXTS: the folder of that set's pictures (default: that of its annotations)")
    private Optional<Path> images = Optional.empty();

    /** What tells the measured thing from others: the model's identity where no baseline is wanted. */
    String identity(ModelOptions model) {
        return switch (kind) {
            case NONE -> model.identity();
            case GRAY, BOXES -> kind + " of " + model.identity();
            case TEXTS -> "texts of " + seenAnnotations();
        };
    }

    /** The baseline that needs no model, if it is wanted. */
    Optional<EvaluatedModel> withoutModel() {
        return kind == Kind.TEXTS ? Optional.of(texts()) : Optional.empty();
    }

    /** The model, or what is left of it. */
    EvaluatedModel of(EvaluatedModel model) {
        return switch (kind) {
            case GRAY -> new GrayPictures(model);
            case BOXES -> new BoxMasks(model);
            case NONE, TEXTS -> model;
        };
    }

    private EvaluatedModel texts() {
        Path seen = seenAnnotations();
        Path folder = images.orElseGet(() -> EvaluationOptions.beside(seen));
        BadRecordLog log = new BadRecordLog(BadRecords.REFUSE);
        return questions
                .<EvaluatedModel>map(asked -> QuestionPrior.of(VqaDataset.open(asked, seen, folder, log)))
                .orElseGet(() -> OneCaption.of(CocoCaptions.open(seen, folder, log)));
    }

    private Path seenAnnotations() {
        return annotations.orElseThrow(() -> new GlipException(
                ErrorCode.BAD_ARGUMENT,
                "wanted --seen-annotations with --baseline TEXTS, got none; name the answers (with --seen-questions)"
                        + " or captions of a training set"));
    }
}
