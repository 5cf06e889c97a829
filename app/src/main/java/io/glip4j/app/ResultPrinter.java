package io.glip4j.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.input.Phrase;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Prints groundings as they come; what it opened it ends when closed. */
final class ResultPrinter implements AutoCloseable {
    private final ResultFormat format;
    private final PrintWriter out;
    private final boolean several;
    private final JsonGenerator json;
    private long pictures;

    ResultPrinter(ResultFormat format, PrintWriter out, boolean several) {
        this.format = format;
        this.out = out;
        this.several = several;
        try {
            this.json = new ObjectMapper()
                    .createGenerator(out)
                    .useDefaultPrettyPrinter()
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            if (isArray()) {
                json.writeStartArray();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void print(Path picture, Prompt prompt, Grounding found) {
        pictures++;
        try {
            switch (format) {
                case TABLE -> {
                    out.println(picture + " (" + found.width() + " x " + found.height() + ")");
                    DetectionTable.print(found.detections(), out);
                }
                case JSON ->
                    json.writePOJO(new DetectionJson.PictureResult(
                            picture.toString(),
                            found.width(),
                            found.height(),
                            found.detections().stream()
                                    .map(DetectionJson::found)
                                    .toList()));
                case COCO -> {
                    for (Detection detection : found.detections()) {
                        json.writePOJO(DetectionJson.coco(imageId(picture), category(prompt, detection), detection));
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        out.flush();
    }

    /** The number that is the file's name, as COCO's pictures have it, or else its place in the command. */
    private long imageId(Path picture) {
        String name = picture.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return name.matches("\\d{1,18}") ? Long.parseLong(name) : pictures;
    }

    private static long category(Prompt prompt, Detection detection) {
        List<Phrase> phrases = prompt.phrases();
        for (int i = 0; i < phrases.size(); i++) {
            if (phrases.get(i).span().equals(detection.span())) {
                return i + 1L;
            }
        }
        throw new IllegalStateException("a detection of a phrase that was not asked for: " + detection);
    }

    private boolean isArray() {
        return format == ResultFormat.COCO || (format == ResultFormat.JSON && several);
    }

    @Override
    public void close() {
        try {
            if (isArray()) {
                json.writeEndArray();
            }
            json.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (format != ResultFormat.TABLE) {
            out.println();
        }
        out.flush();
    }
}
