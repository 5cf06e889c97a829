package io.glip4j.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the results files of several processes together, so that scores come out as if one had done all: each process
 * takes whole pictures (or questions), and the merged file has them in the order of the annotations.
 */
public final class ResultShards {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultShards() {}

    /** The part of a list that falls to one process of several: every {@code shards}-th from {@code shard} on. */
    public static <T> List<T> part(List<T> all, int shard, int shards) {
        if (shards < 1 || shard < 0 || shard >= shards) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a shard of 0 to " + (shards - 1) + ", got " + shard);
        }
        List<T> part = new ArrayList<>();
        for (int i = shard; i < all.size(); i += shards) {
            part.add(all.get(i));
        }
        return part;
    }

    /**
     * Merges results files.
     *
     * @param key the field that results are shared out by, such as {@code image_id} or {@code question_id}
     * @param order values of that field in the order of the annotations; others come last, as they are met
     * @param merged the file to write
     * @throws GlipException {@code BAD_ANNOTATIONS} if two files have results of the same key, {@code CANNOT_WRITE}
     */
    public static void merge(List<Path> files, String key, List<String> order, Path merged) {
        Map<String, List<JsonNode>> results = new LinkedHashMap<>();
        order.forEach(id -> results.put(id, new ArrayList<>()));
        Map<String, Path> owner = new HashMap<>();
        for (Path file : files) {
            JsonRecords.readList(file, json -> {
                JsonNode result = json.tree();
                json.require(result.hasNonNull(key), key);
                String id = result.path(key).asText();
                Path first = owner.putIfAbsent(id, file);
                if (first != null && !first.equals(file)) {
                    throw json.bad(
                            "wanted the results of " + key + " " + id + " in one file, got them in " + first + " too");
                }
                results.computeIfAbsent(id, value -> new ArrayList<>()).add(result);
            });
        }
        try (SequenceWriter writer = MAPPER.writer().writeValuesAsArray(merged.toFile())) {
            for (List<JsonNode> ofKey : results.values()) {
                writer.writeAll(ofKey);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, merged + ": wanted a file to write to, got " + e, e);
        }
    }
}
