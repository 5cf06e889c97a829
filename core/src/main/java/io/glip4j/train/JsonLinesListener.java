package io.glip4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps a run's numbers as text, one JSON object a line: steps with their losses, and evaluations. A resumed run appends;
 * where a step is in the file twice, the later line holds.
 */
public final class JsonLinesListener implements TrainingListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final int every;

    /**
     * Appends to a file, which is made if it is not there.
     *
     * @param every steps between two lines
     */
    public JsonLinesListener(Path file, int every) {
        if (every < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "training log: wanted a line every 1 or more steps, got " + every);
        }
        this.file = file;
        this.every = every;
    }

    @Override
    public void step(StepReport report) {
        if (report.stepsDone() % every != 0) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", report.stepsDone());
        report.losses().forEach((term, value) -> line.put(term.name().toLowerCase(Locale.ROOT), value));
        line.put("total", report.total());
        line.put("gradient_norm", report.gradientNorm());
        line.put("rate", report.rate());
        line.put("moved", report.moved());
        line.put("seconds", report.seconds());
        line.put("wait_seconds", report.waitSeconds());
        line.put("averaged_bytes", report.traffic().gradientBytes());
        line.put("gathered_bytes", report.traffic().gatheredBytes());
        append(line);
    }

    @Override
    public void evaluated(int stepsDone, Map<String, Double> numbers) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", stepsDone);
        line.put("evaluation", numbers);
        append(line);
    }

    private void append(Map<String, Object> line) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new GlipException(ErrorCode.INTERNAL, "training log: cannot express " + line, e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted to append to the log, got " + e, e);
        }
    }
}
