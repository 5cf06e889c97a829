package io.glip4j.eval.caption;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads COCO captions and a results file, and tokenises both.
 *
 * <p>Bad input, as in the official tool: every annotated picture needs references and exactly one result, and results
 * of other pictures are an error.
 */
public final class CaptionFiles {
    private CaptionFiles() {}

    /**
     * Reads and tokenises.
     *
     * @param annotations {@code images} and {@code annotations} with {@code image_id, caption}
     * @param results a list of {@code image_id, caption}
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static List<Caption> read(Path annotations, Path results) {
        Map<String, List<String>> references = new LinkedHashMap<>();
        Map<String, List<String>> strays = new LinkedHashMap<>();
        JsonRecords.readLists(
                annotations,
                Map.of(
                        "images", json -> references.put(imageId(json), new ArrayList<>()),
                        "annotations", json -> readCaption(json, strays)));
        references.forEach((id, captions) -> captions.addAll(strays.getOrDefault(id, List.of())));
        Map<String, List<String>> found = new LinkedHashMap<>();
        JsonRecords.readList(results, json -> readCaption(json, found));
        for (Map.Entry<String, List<String>> picture : references.entrySet()) {
            String id = picture.getKey();
            int captions = found.getOrDefault(id, List.of()).size();
            if (picture.getValue().isEmpty()) {
                throw bad(annotations + ": wanted a caption for every picture, got none for " + id);
            }
            if (captions != 1) {
                throw bad(results + ": wanted one caption for every picture, got " + captions + " for " + id);
            }
        }
        for (String id : found.keySet()) {
            if (!references.containsKey(id)) {
                throw bad(results + ": wanted captions of annotated pictures, got one of " + id);
            }
        }
        return tokenize(references, found);
    }

    private static List<Caption> tokenize(Map<String, List<String>> references, Map<String, List<String>> found) {
        List<String> allReferences =
                references.values().stream().flatMap(List::stream).toList();
        List<String> allResults = references.keySet().stream()
                .map(id -> found.getOrDefault(id, List.of("")).get(0))
                .toList();
        List<String> cutReferences = PtbTokenizer.tokenize(allReferences);
        List<String> cutResults = PtbTokenizer.tokenize(allResults);
        List<Caption> captions = new ArrayList<>();
        int next = 0;
        for (Map.Entry<String, List<String>> picture : references.entrySet()) {
            int end = next + picture.getValue().size();
            captions.add(
                    new Caption(picture.getKey(), cutResults.get(captions.size()), cutReferences.subList(next, end)));
            next = end;
        }
        return captions;
    }

    private static String imageId(JsonRecord json) throws IOException {
        Optional<String> id = Optional.empty();
        while (json.nextField()) {
            if (json.field().equals("id")) {
                id = Optional.of(json.value().asText());
            } else {
                json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        return id.orElseThrow();
    }

    private static void readCaption(JsonRecord json, Map<String, List<String>> captions) throws IOException {
        Optional<String> id = Optional.empty();
        Optional<String> caption = Optional.empty();
        while (json.nextField()) {
            switch (json.field()) {
                case "image_id" -> id = Optional.of(json.value().asText());
                case "caption" -> caption = Optional.of(json.text());
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "image_id");
        json.require(caption.isPresent(), "caption");
        captions.computeIfAbsent(id.orElseThrow(), key -> new ArrayList<>()).add(caption.orElseThrow());
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
