package io.glip4j.torch;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * Starts libtorch once. OpenBLAS keeps a thread pool of its own, which fights libtorch's when both run: it gets one
 * thread, and large products go through oneDNN on libtorch's pool.
 */
public final class TorchRuntime {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private static volatile boolean started;

    private TorchRuntime() {}

    /** Loads the native library and sets the thread pools; later calls do nothing. */
    public static void start() {
        if (started) {
            return;
        }
        synchronized (TorchRuntime.class) {
            if (!started) {
                // Scopes free what is native. JavaCPP's own watch collects garbage, and gives up, at four times Java's
                // heap.
                System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
                openblas.blas_set_num_threads(1);
                torch.set_num_threads(Runtime.getRuntime().availableProcessors());
                started = true;
            }
        }
    }

    /** Sets the number of threads one operator may use, at least 1. */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted at least 1 thread, got " + threads + "; give 1 or more");
        }
        start();
        torch.set_num_threads(threads);
    }

    /** Whether the processor has instructions that multiply bfloat16; where that cannot be told, it has not. */
    public static boolean multipliesBfloat16() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> List.of(line.split("\\s+")))
                    .filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"))
                    .isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false; // no Linux
        }
    }

    /** Threads one operator may use. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }
}
