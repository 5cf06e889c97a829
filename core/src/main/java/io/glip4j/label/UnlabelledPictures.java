package io.glip4j.label;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.grounding.CaptionedPicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where pictures to label are named: a folder, a list, or beside captions. */
public final class UnlabelledPictures {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");

    private UnlabelledPictures() {}

    /** All pictures in a folder and the folders in it, by name. */
    public static List<UnlabelledPicture> inFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(UnlabelledPictures::hasPictureExtension)
                    .sorted()
                    .map(name -> UnlabelledPicture.file(name))
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
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(UnlabelledPicture::file)
                    .toList();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The pictures of JSON lines such as {@code {"image": "a.jpg", "caption": "a dog"}}. */
    public static List<UnlabelledPicture> withCaptions(Path file, BadRecordLog log) {
        return captioned(CaptionedPicture.inLines(file, log));
    }

    /** The pictures of a tar file or a folder of them, as WebDataset writes them. */
    public static List<UnlabelledPicture> inShards(Path shards, BadRecordLog log) {
        return captioned(CaptionedPicture.inShards(shards, log));
    }

    private static List<UnlabelledPicture> captioned(List<CaptionedPicture> pictures) {
        return pictures.stream()
                .map(one -> new UnlabelledPicture(one.name(), Optional.of(one.caption()), one.place()))
                .toList();
    }

    private static GlipException unreadable(Path path, IOException e) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE, path + ": wanted pictures to label, got " + e + "; check the path", e);
    }
}
