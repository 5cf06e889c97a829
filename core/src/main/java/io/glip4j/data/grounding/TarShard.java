package io.glip4j.data.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.FileSlice;
import io.glip4j.data.LineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A tar file as WebDataset writes it: files that follow each other and share the name up to its first dot are one
 * sample. Only the headers are read, nothing is unpacked.
 */
final class TarShard {
    private static final int RECORD_BYTES = 512;
    private static final String TAR = ".tar";
    private static final List<String> PICTURES = List.of("jpg", "jpeg", "png", "webp", "gif", "bmp");

    private final Path shard;
    private final BadRecordLog log;
    private final Consumer<Sample> taker;
    private String key = "";
    private final Map<String, FileSlice> parts = new LinkedHashMap<>();

    private TarShard(Path shard, BadRecordLog log, Consumer<Sample> taker) {
        this.shard = shard;
        this.log = log;
        this.taker = taker;
    }

    /**
     * One sample.
     *
     * @param parts where its files lie, by what their names end in behind the first dot, in lower case
     */
    record Sample(String key, Map<String, FileSlice> parts) {
        /**
         * The picture.
         *
         * @throws GlipException {@code BAD_ANNOTATIONS} if there is none
         */
        FileSlice picture() {
            return PICTURES.stream()
                    .filter(parts::containsKey)
                    .findFirst()
                    .map(parts::get)
                    .orElseThrow(() -> bad("wanted a picture (" + String.join(", ", PICTURES) + "), got only "
                            + new TreeSet<>(parts.keySet())));
        }

        /** What is said of it, as JSON. */
        Optional<FileSlice> record() {
            return shortPart("json");
        }

        /** What is said of it, as a text. */
        Optional<FileSlice> text() {
            return shortPart("txt");
        }

        private Optional<FileSlice> shortPart(String kind) {
            Optional<FileSlice> part = Optional.ofNullable(parts.get(kind));
            if (part.isPresent() && part.get().length() > LineFile.MOST_BYTES) {
                throw bad("wanted a " + kind + " of at most " + LineFile.MOST_BYTES + " bytes, got "
                        + part.get().length());
            }
            return part;
        }
    }

    /** A tar file itself, or the tar files in a folder, by name. */
    static List<Path> list(Path shards) {
        if (Files.isRegularFile(shards)) {
            return List.of(shards);
        }
        try (Stream<Path> files = Files.list(shards)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(TAR))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new GlipException(
                        ErrorCode.UNREADABLE_FILE,
                        shards + ": wanted a folder of tar files, found none; unpack *.tar.gz to *.tar first");
            }
            return found;
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, shards + ": wanted a tar file or a folder of them, got " + e, e);
        }
    }

    /**
     * Reads the samples of a shard, in order; an error the taker throws leaves a sample out. Where the file breaks off,
     * the samples before are kept.
     */
    static void read(Path shard, BadRecordLog log, Consumer<Sample> taker) {
        new TarShard(shard, log, taker).read();
    }

    private void read() {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
            long size = Files.size(shard);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                long offset = tar.getBytesRead(); // behind the header, where the file begins
                if (entry.getSize() > size - offset) {
                    throw new IOException(
                            "it breaks off inside " + quoted(entry) + ", which has " + entry.getSize() + " bytes");
                }
                add(entry, offset);
            }
            requireEnd(size);
        } catch (IOException e) {
            log.add(shard + ": wanted a whole tar file, got one that is not: " + e.getMessage());
        }
        finishSample();
    }

    /** A tar file ends with records of zeros; one that broke off between two files does not. */
    private void requireEnd(long size) throws IOException {
        if (size < RECORD_BYTES || size % RECORD_BYTES != 0) {
            throw new IOException("it breaks off after " + size + " bytes");
        }
        byte[] last = new FileSlice(shard, size - RECORD_BYTES, RECORD_BYTES).read();
        if (!Arrays.equals(last, new byte[RECORD_BYTES])) {
            throw new IOException("it has no end mark, files may be missing");
        }
    }

    private void add(TarArchiveEntry entry, long offset) {
        if (entry.isDirectory()) {
            return;
        }
        try {
            requirePlain(entry);
            String name = entry.getName();
            int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
            String stem = dot < 0 ? name : name.substring(0, dot);
            if (!stem.equals(key)) {
                finishSample();
                key = stem;
            }
            String kind = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
            parts.put(kind, new FileSlice(shard, offset, (int) entry.getSize()));
        } catch (GlipException e) {
            log.add(shard + ": entry " + quoted(entry) + ": " + e.getMessage());
        }
    }

    private static void requirePlain(TarArchiveEntry entry) {
        if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink() || entry.isSparse()) {
            throw bad("wanted a plain file, got a link, a device or a sparse file");
        }
        String name = entry.getName();
        if (name.startsWith("/") || Arrays.asList(name.split("[/\\\\]")).contains("..")) {
            throw bad("wanted a name inside the archive, got one that leads out of it");
        }
        if (entry.getSize() > FileSlice.MOST_BYTES) {
            throw bad("wanted at most " + FileSlice.MOST_BYTES + " bytes, got " + entry.getSize());
        }
    }

    private void finishSample() {
        if (!parts.isEmpty()) {
            try {
                taker.accept(new Sample(key, Map.copyOf(parts)));
            } catch (GlipException e) {
                log.add(new GlipException(e.code(), shard + ": sample " + key + ": " + e.getMessage(), e));
            } finally {
                parts.clear();
            }
        }
    }

    private static String quoted(TarArchiveEntry entry) {
        int shown = 100;
        String name = entry.getName();
        return "'" + (name.length() > shown ? name.substring(0, shown) + "..." : name) + "'";
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
