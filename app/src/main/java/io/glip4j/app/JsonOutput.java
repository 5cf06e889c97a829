package io.glip4j.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Records as JSON as they come: each by itself, or all in a list, which ends when this is closed. */
final class JsonOutput implements AutoCloseable {
    private final PrintWriter out;
    private final JsonGenerator json;
    private final boolean list;

    JsonOutput(PrintWriter out, boolean list) {
        this.out = out;
        this.list = list;
        try {
            this.json = new ObjectMapper()
                    .createGenerator(out)
                    .useDefaultPrettyPrinter()
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            if (list) {
                json.writeStartArray();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void write(Object record) {
        try {
            json.writePOJO(record);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        out.flush();
    }

    @Override
    public void close() {
        try {
            if (list) {
                json.writeEndArray();
            }
            json.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        out.println();
        out.flush();
    }
}
