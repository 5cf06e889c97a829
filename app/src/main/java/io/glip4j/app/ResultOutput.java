package io.glip4j.app;

import java.io.PrintWriter;
import java.util.Optional;

/** Results as JSON, or as text for people. */
final class ResultOutput implements AutoCloseable {
    private final Optional<JsonOutput> json;
    private final PrintWriter out;

    ResultOutput(boolean asJson, PrintWriter out, boolean several) {
        this.json = asJson ? Optional.of(new JsonOutput(out, several)) : Optional.empty();
        this.out = out;
    }

    /** Prints one or the other. */
    void print(Object record, Runnable text) {
        json.ifPresentOrElse(records -> records.write(record), text);
        out.flush();
    }

    @Override
    public void close() {
        json.ifPresent(JsonOutput::close);
    }
}
