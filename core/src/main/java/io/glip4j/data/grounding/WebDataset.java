package io.glip4j.data.grounding;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.ClassNumbers;
import io.glip4j.data.FileSlice;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.ShardPicture;
import io.glip4j.data.table.FileSlices;
import io.glip4j.data.table.Ints;
import io.glip4j.data.table.Texts;
import io.glip4j.input.ImageSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tar files as WebDataset writes them: for each sample a picture, its record as JSON (as in {@link JsonLinesDataset}) and,
 * where the record has no caption, a text. All are looked through when the data set is opened; a sample is then read from
 * its place in its tar file.
 */
public final class WebDataset implements GroundingDataset {
    private final Path shards;
    private final ClassNumbers classes = new ClassNumbers();
    private final FileSlices pictures = new FileSlices();
    private final FileSlices records = new FileSlices();
    private final FileSlices texts = new FileSlices();
    private final Texts keys = new Texts();
    private final Ints widths = new Ints();
    private final Ints heights = new Ints();

    /**
     * Opens a data set; samples without boxes are passed over.
     *
     * @param shards a tar file, or a folder of them
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if more is bad than may be
     */
    public static WebDataset open(Path shards, BadRecordLog log) {
        WebDataset dataset = new WebDataset(shards);
        for (Path shard : TarShard.list(shards)) {
            TarShard.read(shard, log, dataset::add);
        }
        return dataset;
    }

    private WebDataset(Path shards) {
        this.shards = shards;
    }

    private void add(TarShard.Sample sample) {
        FileSlice picture = sample.picture();
        FileSlice none = new FileSlice(picture.file(), 0, 0);
        FileSlice record = sample.record().orElse(none);
        FileSlice text = sample.text().orElse(none);
        ImageSize size = parse(record).size().orElseGet(() -> new ShardPicture(picture, sample.key()).storedSize());
        if (!content(record, text, size).boxes().isEmpty()) {
            pictures.add(picture);
            records.add(record);
            texts.add(text);
            keys.add(sample.key());
            widths.add(size.width());
            heights.add(size.height());
        }
    }

    private static RegionRecord parse(FileSlice record) {
        return RegionRecord.parse(record.length() == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : record.read());
    }

    private RegionRecord.Content content(FileSlice record, FileSlice text, ImageSize size) {
        return parse(record).content(size, Optional.of(CaptionedPicture.read(text)), classes, false);
    }

    @Override
    public String name() {
        return String.valueOf(shards.getFileName());
    }

    @Override
    public int size() {
        return pictures.size();
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
        RegionRecord.Content content = content(records.get(index), texts.get(index), size);
        return new GroundingSample(
                shards.toString(),
                new ShardPicture(pictures.get(index), keys.get(index)),
                size.width(),
                size.height(),
                content.boxes(),
                content.text());
    }
}
