package io.glip4j.data.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnnotatedBox;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.ClassNumbers;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.table.BoxTable;
import io.glip4j.data.table.Grouped;
import io.glip4j.data.table.PictureTable;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.input.ImageSize;
import io.glip4j.input.PictureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * OpenImages (V4 to V7): boxes, names of classes and, where given, verified image labels as CSV files; pictures are
 * {@code ImageID.jpg}, whose sizes are read from their headers, as the files do not say them. A class that is only seen
 * as a group ({@code IsGroupOf}) is neither present nor absent.
 */
public final class OpenImages {
    private static final String IMAGE = "ImageID";
    private static final String CLASS = "LabelName";
    private static final String CLASS_WORDS = "DisplayName";
    private static final String CONFIDENCE = "Confidence";
    private static final String GROUP = "IsGroupOf";
    private static final List<String> BOX_COLUMNS = List.of(
            IMAGE, "Source", CLASS, CONFIDENCE, "XMin", "XMax", "YMin", "YMax", "IsOccluded", "IsTruncated", GROUP);
    private static final List<String> LABEL_COLUMNS = List.of(IMAGE, "Source", CLASS, CONFIDENCE);
    private static final String MACHINE = "machine";

    private final PictureFolder folder;
    private final PictureTable pictures;
    private final PictureTable.Ids<String> ids = new PictureTable.Ids<>();
    private final ClassNumbers classes = new ClassNumbers();
    private final BoxTable.Builder boxes = new BoxTable.Builder();
    private final Grouped.Builder unsure = new Grouped.Builder();
    private final Grouped.Builder absent = new Grouped.Builder();

    private OpenImages(Path pictures) {
        this.folder = new PictureFolder(pictures);
        this.pictures = new PictureTable(folder);
    }

    /**
     * Opens a data set.
     *
     * @param boxes {@code ...-annotations-bbox.csv}
     * @param names {@code class-descriptions-boxable.csv}
     * @param imageLabels {@code ...-annotations-human-imagelabels.csv}: classes that people said are absent; without it
     *     all without a box count as absent, which is wrong of more general ones ("person" where a woman is marked)
     */
    public static DetectionTable open(
            Path boxes, Path names, Optional<Path> imageLabels, Path pictures, BadRecordLog log) {
        return new OpenImages(pictures).read(boxes, names, imageLabels, log);
    }

    private DetectionTable read(Path boxFile, Path names, Optional<Path> imageLabels, BadRecordLog log) {
        CsvRows.read(
                names, List.of(CLASS, CLASS_WORDS), log, row -> classes.add(row.text(CLASS), row.text(CLASS_WORDS)));
        CsvRows.read(boxFile, BOX_COLUMNS, log, this::addBox);
        imageLabels.ifPresent(file -> CsvRows.read(file, LABEL_COLUMNS, log, this::addImageLabel));
        return new DetectionTable(
                boxFile,
                classes.vocabulary(),
                pictures,
                boxes.build(pictures.count()),
                unsure.build(pictures.count()),
                imageLabels.map(given -> absent.build(pictures.count())));
    }

    private void addBox(CsvRows.Row row) {
        int label = classes.get(row.text(CLASS));
        int picture = picture(row.text(IMAGE));
        if (row.number(GROUP) == 1) {
            unsure.add(picture, label);
            return;
        }
        ImageSize size = pictures.size(picture);
        double x1 = row.number("XMin") * size.width();
        double y1 = row.number("YMin") * size.height();
        double x2 = row.number("XMax") * size.width();
        double y2 = row.number("YMax") * size.height();
        BoxXywh box = AnnotatedBox.inside(
                new BoxXywh(x1, y1, x2 - x1, y2 - y1), "image " + row.text(IMAGE), size.width(), size.height());
        boxes.add(picture, AnnotatedBox.lastPixelInside(box), label);
    }

    private int picture(String id) {
        OptionalInt known = ids.find(id);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        String name = id + ".jpg";
        int picture = pictures.add(name, "", PictureReader.AS_STORED.storedSize(folder.existing(name)));
        ids.put(id, picture);
        return picture;
    }

    /** Labels of machines and of pictures without boxes are passed over. */
    private void addImageLabel(CsvRows.Row row) {
        OptionalInt picture = ids.find(row.text(IMAGE));
        OptionalInt label = classes.find(row.text(CLASS));
        if (picture.isEmpty() || label.isEmpty() || row.text("Source").equals(MACHINE)) {
            return;
        }
        double confidence = row.number(CONFIDENCE);
        if (confidence != 0 && confidence != 1) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, "wanted a Confidence of 0 or 1 from people, got " + confidence);
        }
        Grouped.Builder list = confidence == 0 ? absent : unsure;
        list.add(picture.getAsInt(), label.getAsInt());
    }
}
