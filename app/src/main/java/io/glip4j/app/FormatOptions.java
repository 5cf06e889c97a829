package io.glip4j.app;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How a command prints what it found. */
final class FormatOptions {
    @Option(
            names = "--format",
            defaultValue = "TABLE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    /** @param several whether the results are a list */
    ResultPrinter printer(PrintWriter out, boolean several) {
        return new ResultPrinter(json ? ResultFormat.JSON : format, out, several);
    }
}
