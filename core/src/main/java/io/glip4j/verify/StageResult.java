package io.glip4j.verify;

/**
 * How far off one stage of the network is.
 *
 * @param stage its name
 * @param error the largest difference as a share of the largest recorded magnitude, NaN where shapes differ; of
 *     detections the largest difference itself, or how many have no counterpart
 * @param tolerance the error that is allowed
 */
public record StageResult(String stage, double error, double tolerance) {
    public boolean passed() {
        return error <= tolerance;
    }
}
