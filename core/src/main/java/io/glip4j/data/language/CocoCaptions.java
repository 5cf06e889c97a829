package io.glip4j.data.language;

import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.CocoJson;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.table.Ints;
import io.glip4j.data.table.PictureTable;
import io.glip4j.data.table.Texts;
import io.glip4j.input.ImageSize;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import io.glip4j.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Descriptions in a caption file of COCO; each description is a sample. The file is read twice, pictures first. */
public final class CocoCaptions implements GroundingDataset {
    private final Path file;
    private final PictureTable pictures;
    private final Texts descriptions;
    private final Ints pictureOf; // of each description

    private CocoCaptions(Path file, PictureTable pictures, Texts descriptions, Ints pictureOf) {
        this.file = file;
        this.pictures = pictures;
        this.descriptions = descriptions;
        this.pictureOf = pictureOf;
    }

    /**
     * Opens a data set.
     *
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if it is of another shape or has too many
     *     bad records
     */
    public static CocoCaptions open(Path annotations, Path pictures, BadRecordLog log) {
        PictureFolder folder = new PictureFolder(pictures);
        PictureTable table = new PictureTable(folder);
        PictureTable.Ids<Long> ids = new PictureTable.Ids<>();
        new CocoJson(annotations)
                .images(image -> {
                    ids.requireNew(image.id());
                    folder.existing(image.fileName());
                    ImageSize size = new ImageSize(image.width(), image.height());
                    ids.put(image.id(), table.add(image.fileName(), "", size));
                })
                .read(log);
        Texts descriptions = new Texts();
        Ints pictureOf = new Ints();
        JsonRecords.readLists(
                annotations,
                Map.of("annotations", json -> {
                    Said said = said(json);
                    int picture = ids.find(said.image())
                            .orElseThrow(
                                    () -> json.bad("wanted the id of a listed image, got image_id " + said.image()));
                    pictureOf.add(picture);
                    descriptions.add(said.text());
                }),
                log::add);
        return new CocoCaptions(annotations, table, descriptions, pictureOf);
    }

    private record Said(long image, String text) {}

    private static Said said(JsonRecord json) throws IOException {
        OptionalLong image = OptionalLong.empty();
        String caption = "";
        while (json.nextField()) {
            switch (json.field()) {
                case "image_id" -> image = OptionalLong.of(json.integer());
                case "caption" -> caption = json.text().strip();
                default -> json.skip();
            }
        }
        json.require(image.isPresent(), "image_id");
        if (caption.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw json.bad("wanted a caption with words, got '" + caption + "'");
        }
        return new Said(image.getAsLong(), caption);
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Task task() {
        return Task.DESCRIBE;
    }

    @Override
    public int size() {
        return descriptions.size();
    }

    @Override
    public ImageSize pictureSize(int index) {
        return pictures.size(pictureOf.get(index));
    }

    @Override
    public GroundingSample sample(int index) {
        int picture = pictureOf.get(index);
        ImageSize size = pictures.size(picture);
        return new GroundingSample(
                file.toString(),
                pictures.source(picture),
                size.width(),
                size.height(),
                List.of(),
                new PictureDescription(descriptions.get(index)));
    }
}
