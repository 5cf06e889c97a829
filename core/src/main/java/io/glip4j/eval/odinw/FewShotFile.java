package io.glip4j.eval.odinw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.TruthReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Annotation files of few-shot splits. */
public final class FewShotFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FewShotFile() {}

    /**
     * Writes the part of a COCO annotation file that {@link FewShotSplit} chooses; all categories stay.
     *
     * @return ids of the chosen pictures, in the order of choice
     * @throws GlipException {@code UNREADABLE_FILE}, {@code BAD_ANNOTATIONS} or {@code CANNOT_WRITE}
     */
    public static List<Long> write(Path annotations, int shots, int seed, Path target) {
        if (shots < 1) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted at least 1 shot, got " + shots);
        }
        List<Long> chosen = FewShotSplit.choose(TruthReader.read(annotations, OverlapKind.BOX), shots, seed);
        Set<Long> ids = new HashSet<>(chosen);
        try {
            if (!(JSON.readTree(annotations.toFile()) instanceof ObjectNode document)) {
                throw new GlipException(ErrorCode.BAD_ANNOTATIONS, annotations + ": wanted one JSON object");
            }
            keep(document, "images", image -> ids.contains(image.path("id").asLong()));
            keep(
                    document,
                    "annotations",
                    object -> ids.contains(object.path("image_id").asLong()));
            try {
                JSON.writeValue(target.toFile(), document);
            } catch (IOException e) {
                throw new GlipException(ErrorCode.CANNOT_WRITE, target + ": wanted a file to write to, got " + e, e);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, annotations + ": wanted a readable file, got " + e, e);
        }
        return chosen;
    }

    private static void keep(ObjectNode document, String list, Predicate<JsonNode> wanted) {
        ArrayNode kept = JSON.createArrayNode();
        for (JsonNode record : document.path(list)) {
            if (wanted.test(record)) {
                kept.add(record);
            }
        }
        document.set(list, kept);
    }
}
