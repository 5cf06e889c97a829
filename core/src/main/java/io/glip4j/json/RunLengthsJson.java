package io.glip4j.json;

import io.glip4j.geometry.RunLengthMask;
import java.util.List;

/**
 * A mask as COCO's tools read it.
 *
 * @param size height, width
 * @param counts run lengths as COCO's compressed string
 */
public record RunLengthsJson(List<Integer> size, String counts) {
    public RunLengthsJson {
        size = List.copyOf(size);
    }

    public static RunLengthsJson of(RunLengthMask mask) {
        return new RunLengthsJson(List.of(mask.height(), mask.width()), mask.encode());
    }
}
