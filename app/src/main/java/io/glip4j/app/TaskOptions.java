package io.glip4j.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.language.AnswerCounts;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.Task;
import io.glip4j.train.TaskWeights;
import io.glip4j.train.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How questions and descriptions are learned beside grounding. */
final class TaskOptions {
    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "questions: JSON list of the answers to choose from (default: the frequent ones of the data)")
    private Optional<Path> answers = Optional.empty();

    @Option(
            names = "--least-questions",
            paramLabel = "N",
            defaultValue = "" + AnswerCounts.PUBLISHED_LEAST,
            description = "questions: without --answers, those that stand for so many (default: ${DEFAULT-VALUE})")
    private int leastQuestions;

    @Option(
            names = "--task-weights",
            split = ",",
            paramLabel = "TASK=WEIGHT",
            description = "of the losses, as in answer=2,describe=0.5 (default: 1 each)")
    private Map<Task, Double> weights = Map.of();

    @Option(
            names = "--hidden-spans",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "descriptions: share of the descriptions in which spans of words are hidden while the next"
                    + " ones are told (default: ${DEFAULT-VALUE})")
    private double hiddenSpans;

    /** Heads that the data needs, without that for answers. */
    Set<GlipConfig.Head> heads(List<DataOptions> data) {
        Set<GlipConfig.Head> heads = EnumSet.noneOf(GlipConfig.Head.class);
        data.stream()
                .map(DataOptions::task)
                .filter(task -> task != Task.ANSWER)
                .forEach(task -> task.head().ifPresent(heads::add));
        return heads;
    }

    /** The answers to choose from, where the data has questions. */
    Optional<Supplier<AnswerVocabulary>> answers(List<DataOptions> data) {
        return data.stream()
                .filter(set -> set.task() == Task.ANSWER)
                .findFirst()
                .map(questions -> () ->
                        answers.map(TaskOptions::read).orElseGet(() -> questions.frequentAnswers(leastQuestions)));
    }

    TrainConfig applied(TrainConfig config) {
        return config.withTaskWeights(new TaskWeights(weights)).withHiddenSpans(hiddenSpans);
    }

    private static AnswerVocabulary read(Path file) {
        try {
            return new AnswerVocabulary(
                    new ObjectMapper().readValue(file.toFile(), new TypeReference<List<String>>() {}));
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    file + ": wanted a JSON list of answers, got something else: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted a JSON list of answers, got " + e, e);
        }
    }
}
