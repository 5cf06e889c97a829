package io.glip4j.data.language;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.PictureFolder;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The questions of a VQA v2 file. Its pictures are named by their numbers, as COCO names them; data of other origin may
 * name each in a field {@code image} or {@code file_name}.
 */
public final class VqaFiles {
    private static final List<String> COCO_NAMES = List.of(
            "COCO_train2014_%012d.jpg", "COCO_val2014_%012d.jpg", "COCO_test2015_%012d.jpg", "%012d.jpg", "%d.jpg");

    private VqaFiles() {}

    /**
     * A question.
     *
     * @param picture its file's name, relative to the folder
     */
    public record Asked(long id, long imageId, String question, String picture) {}

    /**
     * All questions by their ids, in the file's order.
     *
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if the file is of another shape or has too
     *     many bad records
     */
    public static Map<Long, Asked> questions(Path file, Path pictures, BadRecordLog log) {
        PictureFolder folder = new PictureFolder(pictures);
        Map<Long, Asked> questions = new LinkedHashMap<>();
        Map<Long, String> names = new LinkedHashMap<>();
        JsonRecords.readLists(
                file,
                Map.of("questions", json -> {
                    Asked asked = asked(json, folder, names);
                    if (questions.putIfAbsent(asked.id(), asked) != null) {
                        throw json.bad("wanted each question_id once, got " + asked.id() + " twice");
                    }
                }),
                log::add);
        return questions;
    }

    private static Asked asked(JsonRecord json, PictureFolder folder, Map<Long, String> names) throws IOException {
        OptionalLong id = OptionalLong.empty();
        OptionalLong image = OptionalLong.empty();
        String question = "";
        String name = "";
        while (json.nextField()) {
            switch (json.field()) {
                case "question_id" -> id = OptionalLong.of(json.integer());
                case "image_id" -> image = OptionalLong.of(json.integer());
                case "question" -> question = json.text().strip();
                case "image", "file_name" -> name = json.text();
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "question_id");
        json.require(image.isPresent(), "image_id");
        if (question.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw json.bad("question " + id.getAsLong() + ": wanted words, got '" + question + "'");
        }
        try {
            String given = name;
            String picture = names.computeIfAbsent(
                    image.getAsLong(), number -> given.isEmpty() ? byNumber(number, folder) : checked(given, folder));
            return new Asked(id.getAsLong(), image.getAsLong(), question, picture);
        } catch (GlipException e) {
            throw json.bad("question " + id.getAsLong() + ": " + e.getMessage());
        }
    }

    private static String checked(String name, PictureFolder folder) {
        folder.existing(name);
        return name;
    }

    private static String byNumber(long number, PictureFolder folder) {
        return COCO_NAMES.stream()
                .map(name -> String.format(Locale.ROOT, name, number))
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .findFirst()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        "wanted the picture " + number + " in " + folder.folder() + " under one of COCO's names "
                                + COCO_NAMES + ", got none; check the picture folder"));
    }
}
