package io.glip4j.eval.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.json.JsonJournal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one model to one task in a folder: one JSON line a picture in {@code answers*.jsonl}, as they come, after
 * a first line that says which model and task they are of. A line that broke off is forgotten.
 */
final class AnswerFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PICTURE = "picture";
    private static final String ANSWERS = "answers";

    private final Path folder;
    private final ObjectNode header;

    AnswerFiles(Path folder, String model, String task) {
        this.folder = folder;
        this.header = JSON.createObjectNode().put("model", model).put("task", task);
    }

    /** The file and the place in it of each answered picture's line. */
    record Place(Path file, long offset) {}

    /**
     * What was answered, by picture.
     *
     * @throws GlipException {@code BAD_ARGUMENT} if a file is of another model or task
     */
    Map<String, Place> answered() {
        Map<String, Place> places = new HashMap<>();
        for (Path file : files()) {
            read(file, places);
        }
        return places;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> String.valueOf(file.getFileName()).matches("answers.*\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private void read(Path file, Map<String, Place> places) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long offset = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode node = parse(line);
                if (offset == 0 && node != null) {
                    requireSame(file, node);
                } else if (node != null && node.hasNonNull(PICTURE)) {
                    places.putIfAbsent(node.path(PICTURE).asText(), new Place(file, offset));
                }
                offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static @Nullable JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException brokenOff) {
            return null;
        }
    }

    private void requireSame(Path file, JsonNode found) {
        if (!header.equals(found)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    file + ": wanted answers of " + header + ", got those of " + found
                            + "; name another folder with --out");
        }
    }

    /** Opens the file of a shard for more answers, behind its last whole line. */
    JsonJournal append(Shard shard) {
        return JsonJournal.open(folder.resolve(shard.fileName()), header);
    }

    /** The line of an answered picture. */
    static JsonNode line(String picture, List<Object> answers) {
        return JSON.createObjectNode().put(PICTURE, picture).set(ANSWERS, JSON.valueToTree(answers));
    }

    /** Writes all answers as one list, picture by picture in the given order. */
    void join(List<TaskPicture> order, Map<String, Place> places, Path target) {
        Map<Path, RandomAccessFile> open = new HashMap<>();
        try (SequenceWriter writer = JSON.writer().writeValuesAsArray(target.toFile())) {
            for (TaskPicture picture : order) {
                Place place = places.get(picture.id());
                if (place == null) {
                    throw new IllegalStateException("picture " + picture.id() + " was not answered");
                }
                RandomAccessFile file = open.get(place.file());
                if (file == null) {
                    file = new RandomAccessFile(place.file().toFile(), "r");
                    open.put(place.file(), file);
                }
                for (JsonNode answer : lineAt(file, place.offset()).path(ANSWERS)) {
                    writer.write(answer);
                }
            }
        } catch (IOException e) {
            throw cannotWrite(target, e);
        } finally {
            open.values().forEach(AnswerFiles::closeQuietly);
        }
    }

    private static JsonNode lineAt(RandomAccessFile file, long offset) throws IOException {
        file.seek(offset);
        byte[] block = new byte[1 << 16];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = file.read(block); read > 0; read = file.read(block)) {
            int end = 0;
            while (end < read && block[end] != '\n') {
                end++;
            }
            line.write(block, 0, end);
            if (end < read) {
                break;
            }
        }
        return JSON.readTree(line.toByteArray());
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GlipException unreadable(Path file, IOException e) {
        return new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted answers to read, got " + e, e);
    }

    private static GlipException cannotWrite(Path file, IOException e) {
        return new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted a file to write to, got " + e, e);
    }
}
