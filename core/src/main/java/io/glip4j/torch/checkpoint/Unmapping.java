package io.glip4j.torch.checkpoint;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Gives a mapping back at once. Java itself does so only when it collects garbage, until when a loaded checkpoint would
 * count as this process's memory, and could not be replaced on Windows. Where the JDK does not allow it, that is so.
 */
final class Unmapping {
    private static final Optional<Cleaner> CLEANER = find();

    private record Cleaner(Object unsafe, Method invokeCleaner) {}

    private Unmapping() {}

    /** The buffer must be the mapping itself, and must not be touched again. */
    static void unmap(ByteBuffer buffer) {
        if (buffer.isDirect() && CLEANER.isPresent()) {
            try {
                CLEANER.get().invokeCleaner().invoke(CLEANER.get().unsafe(), buffer);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot unmap a file that was mapped", e);
            }
        }
    }

    private static Optional<Cleaner> find() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return Optional.of(new Cleaner(instance.get(null), type.getMethod("invokeCleaner", ByteBuffer.class)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
