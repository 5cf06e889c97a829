package io.glip4j.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.StoredPicture;
import io.glip4j.json.JsonJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Labels pictures one after the other. What is done is kept beside the output, so that an interrupted run goes on where
 * it was; the output appears as a whole when all is done. Pictures that cannot be labelled are left out and named, up
 * to a limit.
 */
public final class LabelRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LABEL = "label";
    private static final String BAD = "bad";
    private static final Set<ErrorCode> BAD_PICTURE = EnumSet.of(
            ErrorCode.UNREADABLE_PICTURE, ErrorCode.PICTURE_TOO_LARGE, ErrorCode.BAD_ANNOTATIONS, ErrorCode.BAD_PROMPT);

    private final List<UnlabelledPicture> pictures;
    private final PictureFolder folder;
    private final Labeller labeller;
    private final int badLimit;
    private final Path target;
    private final Path partial;
    private final JsonJournal journal;
    private final List<String> bad = new ArrayList<>();
    private int labelled;

    /**
     * Takes up what an earlier run left.
     *
     * @param folder of the pictures that are files
     * @param badLimit pictures that may be left out
     * @param target the file to write; must not be there yet
     * @throws GlipException {@code BAD_ARGUMENT} if the output is there, or an earlier run had other pictures or rules
     */
    public LabelRun(List<UnlabelledPicture> pictures, Path folder, Labeller labeller, int badLimit, Path target) {
        if (badLimit < 0) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "pseudo-labels: wanted a limit of at least 0 bad pictures, got " + badLimit);
        }
        if (Files.exists(target)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "pseudo-labels: wanted a new file to write, got " + target + ", which is there; name another");
        }
        this.pictures = List.copyOf(pictures);
        this.folder = new PictureFolder(folder);
        this.labeller = labeller;
        this.badLimit = badLimit;
        this.target = target;
        this.partial = beside(".partial");
        ObjectNode header = JSON.createObjectNode()
                .put("labels", labeller.description())
                .put("pictures", pictures.size())
                .put("digest", digest(pictures));
        this.journal = JsonJournal.open(partial, header);
        try {
            journal.forEach(this::count);
        } catch (IOException e) {
            journal.close();
            throw new GlipException(ErrorCode.UNREADABLE_FILE, partial + ": wanted to read it, got " + e, e);
        }
    }

    private static String digest(List<UnlabelledPicture> pictures) {
        CRC32 checksum = new CRC32();
        pictures.forEach(picture -> checksum.update(picture.toString().getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(checksum.getValue());
    }

    private Path beside(String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private void count(JsonNode line) {
        if (line.has(BAD)) {
            bad.add(line.get(BAD).asText());
        } else if (line.has(LABEL)) {
            labelled++;
        }
    }

    /** Pictures done, those of an earlier run included. */
    public int done() {
        return journal.size();
    }

    /** Pictures that got labels. */
    public int labelled() {
        return labelled;
    }

    /** A line for each picture that could not be labelled, naming its file. */
    public List<String> bad() {
        return List.copyOf(bad);
    }

    /**
     * Labels what is missing and writes the output.
     *
     * @param afterEach called after every picture
     * @throws GlipException {@code UNREADABLE_PICTURE} when more pictures are bad than may be
     */
    public void run(Runnable afterEach) {
        checkBad();
        while (done() < pictures.size()) {
            JsonNode line = line(pictures.get(done()));
            journal.add(line);
            count(line);
            checkBad();
            afterEach.run();
        }
        writeOutput();
    }

    private JsonNode line(UnlabelledPicture picture) {
        ObjectNode line = JSON.createObjectNode();
        try {
            StoredPicture stored = picture.stored(folder);
            Optional<JsonNode> label = labeller.label(picture, stored.read(stored.storedSize()));
            label.ifPresent(found -> line.set(LABEL, found));
        } catch (GlipException failure) {
            if (!BAD_PICTURE.contains(failure.code())) {
                throw failure;
            }
            line.put(BAD, picture.name() + ": " + failure.getMessage());
        }
        return line;
    }

    private void checkBad() {
        if (bad.size() > badLimit) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_PICTURE,
                    "pseudo-labels: wanted at most " + badLimit + " bad pictures, got one more: "
                            + bad.get(bad.size() - 1) + "; mend or remove them, or allow more (and remove " + partial
                            + " to try them again)");
        }
    }

    private void writeOutput() {
        Path written = beside(".writing");
        try {
            labeller.write(
                    handler -> journal.forEach(line -> {
                        if (line.has(LABEL)) {
                            handler.read(line.get(LABEL));
                        }
                    }),
                    written);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            journal.close();
            Files.delete(partial);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, target + ": wanted a file to write to, got " + e, e);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
