package io.glip4j.data.grounding;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.ClassNumbers;
import io.glip4j.data.FileSlice;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.LineFile;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.ShardPicture;
import io.glip4j.data.StoredPicture;
import io.glip4j.data.table.FileSlices;
import io.glip4j.data.table.Ints;
import io.glip4j.input.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * JSON lines, each of which is a picture: ODVG records of grounding or detection, or captions with the boxes of their
 * phrases. Every line is checked when the file is opened; of those with boxes the places are kept, and they are read
 * again when they are asked for.
 */
public final class JsonLinesDataset implements GroundingDataset {
    private final Path file;
    private final PictureFolder folder;
    private final ClassNumbers classes = new ClassNumbers();
    private final boolean numbered;
    private final FileSlices lines = new FileSlices();
    private final Ints widths = new Ints();
    private final Ints heights = new Ints();

    /**
     * Opens a data set.
     *
     * @param labels JSON that names classes by number, such as {@code {"0": "cat"}}; without it classes are known by
     *     their {@code category}
     * @param pictures the folder of the pictures, or of the tar files they are in
     */
    public static JsonLinesDataset open(Path file, Optional<Path> labels, Path pictures, BadRecordLog log) {
        JsonLinesDataset dataset = new JsonLinesDataset(file, labels, pictures);
        LineFile.read(file, log, dataset::add);
        return dataset;
    }

    private JsonLinesDataset(Path file, Optional<Path> labels, Path pictures) {
        this.file = file;
        this.folder = new PictureFolder(pictures);
        this.numbered = labels.isPresent();
        labels.ifPresent(this::readLabels);
    }

    private void readLabels(Path labels) {
        try {
            new ObjectMapper()
                    .readValue(Files.readAllBytes(labels), new TypeReference<Map<Long, String>>() {})
                    .forEach(classes::add);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    labels + ": wanted JSON that names classes by number, such as {\"0\": \"cat\"}, got " + e,
                    e);
        }
    }

    private void add(byte[] line, FileSlice place) {
        RegionRecord record = RegionRecord.parse(line);
        StoredPicture picture = picture(record);
        ImageSize size = record.size().orElseGet(picture::storedSize);
        if (!content(record, size).boxes().isEmpty()) {
            lines.add(place);
            widths.add(size.width());
            heights.add(size.height());
        }
    }

    private StoredPicture picture(RegionRecord record) {
        Optional<String> shard = record.shard();
        if (shard.isEmpty()) {
            return new PictureFile(folder.existing(record.picture()));
        }
        return new ShardPicture(record.place(folder.existing(shard.get())), record.picture());
    }

    private RegionRecord.Content content(RegionRecord record, ImageSize size) {
        return record.content(size, Optional.empty(), classes, numbered);
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public int size() {
        return lines.size();
    }

    @Override
    public ImageSize pictureSize(int index) {
        return new ImageSize(widths.get(index), heights.get(index));
    }

    @Override
    public boolean lendsCaptions() {
        return true;
    }

    @Override
    public GroundingSample sample(int index) {
        ImageSize size = pictureSize(index);
        RegionRecord record = RegionRecord.parse(lines.get(index).read());
        RegionRecord.Content content = content(record, size);
        return new GroundingSample(
                file.toString(), picture(record), size.width(), size.height(), content.boxes(), content.text());
    }
}
