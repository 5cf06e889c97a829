package io.glip4j.app;

import io.glip4j.input.Phrase;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segments;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints what was found as it comes; what it opened it ends when closed. */
final class ResultPrinter implements AutoCloseable {
    private final ResultFormat format;
    private final PrintWriter out;
    private final Optional<JsonOutput> json;
    private long pictures;

    ResultPrinter(ResultFormat format, PrintWriter out, boolean several) {
        this.format = format;
        this.out = out;
        this.json = format == ResultFormat.TABLE
                ? Optional.empty()
                : Optional.of(new JsonOutput(out, several || format == ResultFormat.COCO));
    }

    void print(Path picture, Prompt prompt, Grounding found) {
        pictures++;
        switch (format) {
            case TABLE -> DetectionTable.print(picture, found, out);
            case JSON -> write(DetectionJson.picture(picture, found));
            case COCO -> {
                for (Detection detection : found.detections()) {
                    write(DetectionJson.coco(imageId(picture), category(prompt, detection), detection));
                }
            }
        }
        out.flush();
    }

    void print(Path picture, Prompt prompt, Segments found) {
        pictures++;
        switch (format) {
            case TABLE -> DetectionTable.print(picture, found.grounding(), out);
            case JSON -> write(SegmentJson.picture(picture, found));
            case COCO ->
                found.segments()
                        .forEach(segment -> write(
                                SegmentJson.coco(imageId(picture), category(prompt, segment.detection()), segment)));
        }
        out.flush();
    }

    private void write(Object result) {
        json.orElseThrow().write(result);
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

    @Override
    public void close() {
        json.ifPresent(JsonOutput::close);
        out.flush();
    }
}
