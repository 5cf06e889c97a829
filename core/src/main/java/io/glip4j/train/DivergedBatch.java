package io.glip4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the batch on which a run gave up, so that it can be looked at. */
final class DivergedBatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DivergedBatch() {}

    /** One line of JSON an example: where it came from, its prompt, and its boxes (xyxy, pixels as shown). */
    static Path save(Path folder, int step, int rank, List<TrainingExample> batch) {
        Path file = folder.resolve("diverged-" + step + "-rank-" + rank + ".jsonl");
        try {
            Files.createDirectories(folder);
            Files.write(file, batch.stream().map(DivergedBatch::line).toList());
            return file;
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted to keep a batch, got " + e, e);
        }
    }

    private static String line(TrainingExample example) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dataset", example.sample().dataset());
        line.put("picture", example.sample().picture().toString());
        line.put("prompt", example.prompt());
        line.put(
                "boxes_xyxy",
                example.boxes().stream()
                        .map(box -> List.of(box.x1(), box.y1(), box.x2(), box.y2()))
                        .toList());
        line.put("tokens", example.tokensOfBox());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example does not become JSON", e);
        }
    }
}
