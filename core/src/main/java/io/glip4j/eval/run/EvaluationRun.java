package io.glip4j.eval.run;

import io.glip4j.eval.ResultShards;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.json.JsonJournal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model on a task, resumable and shared out: answers are kept in a folder as they come; what is there is not asked
 * again. Several processes take a {@link Shard} each, in one folder or in folders whose files are brought together.
 */
public final class EvaluationRun {
    private static final String RESULTS = "results.json";

    private final EvaluationTask task;
    private final AnswerFiles files;
    private final Path folder;
    private final Map<String, AnswerFiles.Place> answered;

    /**
     * Looks at what is in the folder already.
     *
     * @param model what tells the model from others, such as a digest of its file
     * @throws io.glip4j.GlipException {@code BAD_ARGUMENT} if the folder has answers of another model or task
     */
    public EvaluationRun(EvaluationTask task, String model, Path folder) {
        this.task = task;
        this.folder = folder;
        this.files = new AnswerFiles(folder, model, task.description());
        this.answered = new HashMap<>(files.answered());
    }

    /** What is asked. */
    public EvaluationTask task() {
        return task;
    }

    /** Pictures of this shard that were not asked about yet. */
    public List<TaskPicture> missing(Shard shard) {
        return ResultShards.part(task.pictures(), shard.number() - 1, shard.of()).stream()
                .filter(picture -> !answered.containsKey(picture.id()))
                .toList();
    }

    /** Asks about what is missing; {@code afterEach} is called after every picture. */
    public void ask(Shard shard, EvaluatedModel model, Runnable afterEach) {
        try (JsonJournal journal = files.append(shard)) {
            for (TaskPicture picture : missing(shard)) {
                Picture pixels = PictureReader.AS_STORED.read(picture.file());
                journal.add(AnswerFiles.line(picture.id(), task.ask(picture, new Asker(model, pixels))));
                afterEach.run();
            }
        }
        answered.putAll(files.answered());
    }

    /** Writes the official results file, {@code results.json}; all pictures must have been asked about. */
    public Path writeResults() {
        Path results = folder.resolve(RESULTS);
        files.join(task.pictures(), answered, results);
        return results;
    }
}
