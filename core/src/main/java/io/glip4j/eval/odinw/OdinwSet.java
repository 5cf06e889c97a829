package io.glip4j.eval.odinw;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.run.DetectionTask;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One data set of ODinW: where its evaluation part lies, and the words that ask for its categories.
 *
 * @param annotations COCO JSON, relative to the folder of all sets
 * @param images folder of its pictures, relative too
 * @param categories words for the categories; empty: the names in the annotations
 */
public record OdinwSet(String name, String annotations, String images, List<PromptCategory> categories) {
    private static final List<String> PUBLISHED = List.of("13", "35");

    public OdinwSet {
        categories = List.copyOf(categories);
        if (name.isBlank() || !name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, "wanted a set's name that can name a folder, got '" + name + "'");
        }
    }

    /**
     * The 13 or 35 sets with the published paths and prompts, or those of a JSON list of {@code name, annotations,
     * images, categories: [{id, name, before, after}]}.
     *
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static List<OdinwSet> named(String list) {
        return PUBLISHED.contains(list) ? published(list) : read(Path.of(list));
    }

    private static List<OdinwSet> published(String count) {
        String resource = "odinw" + count + ".json";
        try (InputStream stream = OdinwSet.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new GlipException(ErrorCode.INTERNAL, "wanted " + resource + " in glip4j's jar, found none");
            }
            Path copy = Files.createTempFile("odinw", ".json");
            try {
                Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
                return read(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, resource + ": wanted to read it, got " + e, e);
        }
    }

    static List<OdinwSet> read(Path file) {
        List<OdinwSet> sets = new ArrayList<>();
        JsonRecords.readList(file, json -> {
            JsonNode set = json.tree();
            for (String field : List.of("name", "annotations", "images")) {
                json.require(set.path(field).isTextual(), field);
            }
            List<PromptCategory> categories = new ArrayList<>();
            for (JsonNode category : set.path("categories")) {
                json.require(
                        category.path("id").canConvertToLong()
                                && category.path("name").isTextual(),
                        "id and name");
                categories.add(new PromptCategory(
                        category.path("id").asLong(),
                        category.path("name").asText(),
                        category.path("before").asText(""),
                        category.path("after").asText("")));
            }
            sets.add(new OdinwSet(
                    set.path("name").asText(),
                    set.path("annotations").asText(),
                    set.path("images").asText(),
                    categories));
        });
        return sets;
    }

    /** The set as a task, its paths taken from the folder of all sets. */
    public DetectionTask task(Path folder) {
        return DetectionTask.coco(folder.resolve(annotations), folder.resolve(images))
                .withPrompt(categories);
    }
}
