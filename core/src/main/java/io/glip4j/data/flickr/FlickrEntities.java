package io.glip4j.data.flickr;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flickr30k Entities: for each picture of a part of the data set its sentences and boxes.
 *
 * @param pictures by picture id, in the order of the list of pictures
 */
public record FlickrEntities(Map<String, Picture> pictures) {

    /** One picture. */
    public record Picture(List<EntitySentence> sentences, EntityBoxes boxes) {
        public Picture {
            sentences = List.copyOf(sentences);
        }

        /** The phrases of a sentence whose entity has a box. */
        public List<EntityPhrase> grounded(int sentence) {
            return sentences.get(sentence).phrases().stream()
                    .filter(phrase -> boxes.boxes().containsKey(phrase.id()))
                    .toList();
        }
    }

    /**
     * Reads a folder with the list of pictures {@code PART.txt} and the folders {@code Sentences} and
     * {@code Annotations}.
     *
     * @param part train, val or test
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static FlickrEntities read(Path folder, String part) {
        return read(folder, part, new BadRecordLog(BadRecords.REFUSE));
    }

    /** As above; pictures whose files cannot be read are left out. */
    public static FlickrEntities read(Path folder, String part, BadRecordLog log) {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        for (String line : lines(folder.resolve(part + ".txt"))) {
            String id = line.strip();
            if (!id.isEmpty()) {
                try {
                    pictures.put(id, picture(folder, id));
                } catch (GlipException e) {
                    log.add(e);
                }
            }
        }
        return new FlickrEntities(pictures);
    }

    private static Picture picture(Path folder, String id) {
        Path file = folder.resolve("Sentences").resolve(id + ".txt").normalize();
        if (!file.startsWith(folder.resolve("Sentences").normalize())) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, folder + ": wanted picture ids without folders, got " + id);
        }
        return new Picture(
                sentences(file), EntityBoxes.read(folder.resolve("Annotations").resolve(id + ".xml")));
    }

    private static List<EntitySentence> sentences(Path file) {
        List<EntitySentence> sentences = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isEmpty()) {
                try {
                    sentences.add(EntitySentence.parse(line));
                } catch (GlipException e) {
                    throw new GlipException(e.code(), file + ": line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return sentences;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, file + ": wanted a readable text file in UTF-8, got " + e, e);
        }
    }
}
