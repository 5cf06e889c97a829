package io.glip4j.app;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress bar of long work: share done, time taken and time left, on standard error. */
final class Progress {
    private static final int UPDATE_MILLISECONDS = 500;

    private Progress() {}

    static ProgressBar of(String task, long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .build();
    }
}
