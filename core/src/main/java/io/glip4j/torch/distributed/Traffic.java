package io.glip4j.torch.distributed;

/**
 * What one rank has put into collective operations.
 *
 * @param gradientBytes averaged over ranks; a ring moves twice (R - 1) / R of that
 * @param gatheredBytes given to every other rank
 */
public record Traffic(long gradientBytes, long gatheredBytes) {
    public static final Traffic NONE = new Traffic(0, 0);

    public Traffic minus(Traffic earlier) {
        return new Traffic(gradientBytes - earlier.gradientBytes, gatheredBytes - earlier.gatheredBytes);
    }

    Traffic withGradient(long bytes) {
        return new Traffic(gradientBytes + bytes, gatheredBytes);
    }

    Traffic withGathered(long bytes) {
        return new Traffic(gradientBytes, gatheredBytes + bytes);
    }
}
