package io.glip4j.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where pictures to label are named: a folder, a list, or a file of captions. */
public final class UnlabelledPictures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");
    private static final String IMAGE = "image";
    private static final String CAPTION = "caption";

    private UnlabelledPictures() {}

    /** All pictures in a folder and the folders in it, by name. */
    public static List<UnlabelledPicture> inFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(UnlabelledPictures::hasPictureExtension)
                    .sorted()
                    .map(name -> new UnlabelledPicture(name, Optional.empty()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static boolean hasPictureExtension(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** The pictures a text file names, one a line, relative to their folder. */
    public static List<UnlabelledPicture> inList(Path file) {
        List<UnlabelledPicture> pictures = new ArrayList<>();
        for (String line : lines(file)) {
            if (!line.isBlank()) {
                pictures.add(new UnlabelledPicture(line.strip(), Optional.empty()));
            }
        }
        return pictures;
    }

    /** The pictures of JSON lines such as {@code {"image": "a.jpg", "caption": "a dog"}}. */
    public static List<UnlabelledPicture> withCaptions(Path file) {
        List<UnlabelledPicture> pictures = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank()) {
                pictures.add(captioned(line, file + ": line " + number));
            }
        }
        return pictures;
    }

    private static UnlabelledPicture captioned(String line, String where) {
        JsonNode record;
        try {
            record = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, where + ": wanted JSON, got " + e.getOriginalMessage(), e);
        }
        if (!record.path(IMAGE).isTextual() || !record.path(CAPTION).isTextual()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    where + ": wanted an object with the texts " + IMAGE + " and " + CAPTION + ", got another");
        }
        return new UnlabelledPicture(
                record.path(IMAGE).textValue(), Optional.of(record.path(CAPTION).textValue()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static GlipException unreadable(Path path, IOException e) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE, path + ": wanted pictures to label, got " + e + "; check the path", e);
    }
}
