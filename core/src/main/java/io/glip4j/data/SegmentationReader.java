package io.glip4j.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.Polygons;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.geometry.Segmentation;
import io.glip4j.json.JsonRecord;
import java.io.IOException;

/** Reads COCO's field {@code segmentation}: polygons, or run lengths as a list or as COCO's compressed string. */
public final class SegmentationReader {
    private SegmentationReader() {}

    public static Segmentation read(JsonRecord json) throws IOException {
        try {
            return json.isList() ? new Polygons(json.numberLists()) : mask(json.value());
        } catch (GlipException e) {
            throw e.getMessage() != null && e.getMessage().contains("segmentation")
                    ? e
                    : json.bad("segmentation: " + e.getMessage());
        }
    }

    /** A mask {@code {"size": [height, width], "counts": text or list}}. */
    public static RunLengthMask mask(JsonNode node) {
        JsonNode size = node.path("size");
        JsonNode counts = node.path("counts");
        if (size.size() != 2 || !size.path(0).canConvertToInt() || !size.path(1).canConvertToInt()) {
            throw bad("wanted a mask with the field size [height, width], got " + brief(node));
        }
        int height = size.path(0).asInt();
        int width = size.path(1).asInt();
        if (counts.isTextual()) {
            return RunLengthMask.decode(height, width, counts.asText());
        }
        if (!counts.isArray()) {
            throw bad("wanted a mask with the field counts, text or list, got " + brief(node));
        }
        int[] runs = new int[counts.size()];
        for (int i = 0; i < runs.length; i++) {
            if (!counts.path(i).canConvertToInt()) {
                throw bad("wanted run lengths in counts, got " + brief(counts.path(i)));
            }
            runs[i] = counts.path(i).asInt();
        }
        return RunLengthMask.ofRuns(height, width, runs);
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        int longest = 60;
        return text.length() > longest ? text.substring(0, longest) + "..." : text;
    }
}
