package io.glip4j.eval.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A data set and a protocol: what to ask of each picture, and what the answers are worth. */
public interface EvaluationTask {
    /** Data and protocol in words; answers may be put together only if these are the same. */
    String description();

    /** All pictures, in the annotations' order. */
    List<TaskPicture> pictures();

    /** Asks about one picture; the records of the official results file, ready to be written as JSON. */
    List<Object> ask(TaskPicture picture, Asker asker);

    /** Scores a results file; field names and numbers as {@link io.glip4j.eval.Score}. */
    Map<String, Object> score(Path results);

    /** The numbers to quote, of those that {@link #score} gave. */
    Map<String, Double> quoted(Map<String, Object> scores);

    /** Every picture with its boxes, expected and found. */
    List<PictureReview> review(Path results);
}
