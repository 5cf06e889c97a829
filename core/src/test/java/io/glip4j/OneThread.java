package io.glip4j;

import io.glip4j.torch.TorchRuntime;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives libtorch one thread while a class of tests runs: passes that small gain nothing from threads, and lose much where
 * other processes hold the cores.
 */
public final class OneThread implements BeforeAllCallback, AfterAllCallback {
    private int threadsBefore;

    @Override
    public void beforeAll(ExtensionContext context) {
        threadsBefore = TorchRuntime.threads();
        TorchRuntime.setThreads(1);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TorchRuntime.setThreads(threadsBefore);
    }
}
