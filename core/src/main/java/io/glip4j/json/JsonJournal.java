package io.glip4j.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of JSON lines that grows while long work goes on, so that an interruption loses at most the line being
 * written. Its first line says what the others are of; a line that broke off is forgotten. For one process and thread.
 */
public final class JsonJournal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final RandomAccessFile file;
    private int size;

    /** Takes one line. */
    @FunctionalInterface
    public interface Handler {
        void read(JsonNode line) throws IOException;
    }

    /**
     * Begins a journal, or goes on with the one that is there.
     *
     * @param header what the lines are of
     * @throws GlipException {@code BAD_ARGUMENT} if the file is a journal of something else, {@code CANNOT_WRITE}
     */
    public static JsonJournal open(Path path, JsonNode header) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new JsonJournal(path, header);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private JsonJournal(Path path, JsonNode header) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        try {
            forgetBrokenLine();
            if (file.length() == 0) {
                write(header);
            } else {
                requireSame(header);
                forEach(line -> size++);
            }
            file.seek(file.length());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void forgetBrokenLine() throws IOException {
        long end = file.length();
        while (end > 0) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                break;
            }
            end--;
        }
        file.setLength(end);
    }

    private void requireSame(JsonNode header) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            JsonNode found = parse(reader.readLine(), 1);
            if (!found.equals(header)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        path + ": wanted the beginning of work on " + header + ", got that of " + found
                                + "; remove the file or write elsewhere");
            }
        }
    }

    /** Lines after the header. */
    public int size() {
        return size;
    }

    /** Writes a line behind the others. */
    public void add(JsonNode line) {
        try {
            write(line);
            size++;
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private void write(JsonNode line) throws IOException {
        file.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the lines after the header, in order.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} naming a line that is not JSON
     */
    public void forEach(Handler handler) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            reader.readLine();
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                handler.read(parse(line, ++number));
            }
        }
    }

    private JsonNode parse(String line, int number) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    path + ": line " + number + ": wanted JSON, got text that is not; remove the file",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private static GlipException cannotWrite(Path path, IOException e) {
        return new GlipException(ErrorCode.CANNOT_WRITE, path + ": wanted a file to write to, got " + e, e);
    }
}
