package io.glip4j.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The noun phrases of captions, found by a grounding model; where no box reaches the threshold, the best one is kept.
 * Written as ODVG JSON lines, one for each caption.
 */
public final class CaptionLabeller implements Labeller {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BiFunction<Picture, Prompt, Grounding> teacher;
    private final String identity;
    private final LabelFilter filter;

    /**
     * A labeller on top of a model that stays the caller's.
     *
     * @param identity tells this model from others
     */
    public CaptionLabeller(BiFunction<Picture, Prompt, Grounding> teacher, String identity, LabelFilter filter) {
        this.teacher = teacher;
        this.identity = identity;
        this.filter = filter;
    }

    @Override
    public String description() {
        return "noun phrases by " + identity + ", " + filter;
    }

    @Override
    public Optional<JsonNode> label(UnlabelledPicture described, Picture picture) {
        String caption = described
                .caption()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ANNOTATIONS, "wanted a picture with a caption, got one without"));
        List<LabelledBox> found = teacher.apply(picture, Prompt.captionWithNounPhrases(caption)).detections().stream()
                .map(CaptionLabeller::box)
                .map(box -> box.within(picture.width(), picture.height()))
                .filter(LabelledBox::isVisible)
                .toList();
        List<LabelledBox> above = filter.keep(found);
        List<LabelledBox> kept = above.isEmpty() ? found.stream().limit(1).toList() : above; // best first
        return kept.isEmpty() ? Optional.empty() : Optional.of(record(described, caption, picture, kept));
    }

    private static LabelledBox box(Detection found) {
        BoxXyxy inside = found.box();
        BoxXyxy edges = new BoxXyxy(inside.x1(), inside.y1(), inside.x2() + 1, inside.y2() + 1);
        return new LabelledBox(found.phrase(), found.span().begin(), found.score(), edges);
    }

    private static JsonNode record(
            UnlabelledPicture described, String caption, Picture picture, List<LabelledBox> boxes) {
        ObjectNode record = JSON.createObjectNode()
                .put("filename", described.name())
                .put("height", picture.height())
                .put("width", picture.width());
        described
                .place()
                .ifPresent(
                        place -> record.put("shard", String.valueOf(place.file().getFileName()))
                                .put("offset", place.offset())
                                .put("length", place.length()));
        ObjectNode grounding = record.putObject("grounding").put("caption", caption);
        ArrayNode regions = grounding.putArray("regions");
        for (LabelledBox box : boxes) {
            ObjectNode region = regions.addObject().put("phrase", box.name());
            region.set("bbox", JSON.valueToTree(box.writtenCorners()));
            int end = box.place() + box.name().codePointCount(0, box.name().length());
            region.putArray("tokens_positive").addArray().add(box.place()).add(end);
            region.put("score", box.writtenScore());
        }
        return record;
    }

    @Override
    public void write(Labels labels, Path target) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            labels.forEach(label -> {
                writer.write(JSON.writeValueAsString(label));
                writer.write('\n');
            });
        }
    }
}
