package io.glip4j.train.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.checkpoint.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a protocol leaves behind: settings, the zero-shot numbers, and a folder for each run. */
final class TuneFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    TuneFolder(Path folder) {
        this.folder = folder;
    }

    /** Numbers of the model as it was. */
    record ZeroShot(double ap, Map<String, Double> others) {}

    /** Refuses results of other settings, which would look like those of these. */
    void requireSame(Map<String, String> settings) {
        Path file = folder.resolve("settings.json");
        Optional<Map<String, String>> earlier = read(file, new TypeReference<>() {});
        if (earlier.isEmpty()) {
            write(file, settings);
            return;
        }
        settings.forEach((name, value) -> {
            String before = earlier.get().getOrDefault(name, "nothing");
            if (!value.equals(before)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        file + ": wanted the settings of the runs that are there, " + name + " " + before + ", got "
                                + value + "; repeat those or take another folder");
            }
        });
    }

    Optional<ZeroShot> zeroShot() {
        return read(folder.resolve("zero-shot.json"), new TypeReference<>() {});
    }

    void write(ZeroShot numbers) {
        write(folder.resolve("zero-shot.json"), numbers);
    }

    /** That of an earlier call, where there is one. */
    Optional<TuneResult> result(TuneRun run) {
        return read(of(run).resolve("result.json"), new TypeReference<>() {});
    }

    void write(TuneRun run, TuneResult result) {
        write(of(run).resolve("result.json"), result);
    }

    Path of(TuneRun run) {
        return folder.resolve(run.name());
    }

    /** A new folder for a run's checkpoints: an interrupted run begins again, as nobody remembers its best weights. */
    Path newCheckpoints(TuneRun run) {
        try {
            Files.createDirectories(of(run));
            return Files.createTempDirectory(of(run), "checkpoints");
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, of(run) + ": wanted a folder to write to, got " + e, e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, folder + ": wanted to remove it, got " + e, e);
        }
    }

    private static <T> Optional<T> read(Path file, TypeReference<T> type) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), type));
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    file + ": wanted what an earlier call wrote, got something else; remove it",
                    e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted to read it, got " + e, e);
        }
    }

    private static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.write(file, JSON.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted a file to write to, got " + e, e);
        }
    }
}
