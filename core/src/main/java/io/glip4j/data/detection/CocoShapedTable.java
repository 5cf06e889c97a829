package io.glip4j.data.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnnotatedBox;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.ClassNumbers;
import io.glip4j.data.CocoJson;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.table.BoxTable;
import io.glip4j.data.table.Grouped;
import io.glip4j.data.table.PictureTable;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.input.ImageSize;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * LVIS and Objects365, whose files are of COCO's shape. They are read twice, pictures and categories first, so that
 * annotations go straight into compact tables wherever they stand.
 */
public final class CocoShapedTable {
    private final Path file;
    private final PictureFolder folder;
    private final BadRecordLog log;
    private final PictureTable pictures;
    private final PictureTable.Ids<Long> ids = new PictureTable.Ids<>();
    private final ClassNumbers classes = new ClassNumbers();
    private final BoxTable.Builder boxes = new BoxTable.Builder();
    private final Grouped.Builder unsure = new Grouped.Builder();
    private final Grouped.Builder absent = new Grouped.Builder();

    private CocoShapedTable(Path file, Path pictures, BadRecordLog log) {
        this.file = file;
        this.folder = new PictureFolder(pictures);
        this.log = log;
        this.pictures = new PictureTable(folder);
    }

    /**
     * Opens an LVIS data set (v1 and v0.5): of each picture only {@code neg_category_ids} are surely absent. Objects of
     * its {@code not_exhaustive_category_ids} are left out, as naming these would teach that the unmarked ones are none.
     *
     * @param pictures the folder of the pictures, or of the folders that {@code coco_url} ends in ({@code train2017/..})
     */
    public static DetectionTable lvis(Path annotations, Path pictures, BadRecordLog log) {
        return new CocoShapedTable(annotations, pictures, log).read(true);
    }

    /**
     * Opens an Objects365 data set (v1 and v2): every object of its classes is marked, or is in a crowd.
     *
     * @param pictures the folder of the pictures, or of their folders ({@code patch8/..})
     */
    public static DetectionTable objects365(Path annotations, Path pictures, BadRecordLog log) {
        return new CocoShapedTable(annotations, pictures, log).read(false);
    }

    private DetectionTable read(boolean federated) {
        new CocoJson(file)
                .categories(category -> classes.add(category.id(), category.name()))
                .images(this::addImage)
                .read(log);
        absent.replaceAll(this::classOf);
        unsure.replaceAll(this::classOf);
        Grouped notExhaustive = unsure.build(pictures.count());
        new CocoJson(file)
                .annotations(annotation -> addAnnotation(annotation, notExhaustive))
                .read(log);
        return new DetectionTable(
                file,
                classes.vocabulary(),
                pictures,
                boxes.build(pictures.count()),
                unsure.build(pictures.count()),
                federated ? Optional.of(absent.build(pictures.count())) : Optional.empty());
    }

    private static int number(long category) {
        if (category != (int) category) {
            throw bad("wanted category ids of 32 bits, got " + category);
        }
        return (int) category;
    }

    private OptionalInt classOf(int category) {
        return classes.find((long) category);
    }

    private void addImage(CocoJson.Image image) {
        ids.requireNew(image.id());
        String name = folder.tail(image.fileName().isEmpty() ? image.url() : image.fileName());
        int picture = pictures.add(name, "", new ImageSize(image.width(), image.height()));
        ids.put(image.id(), picture);
        image.absent().forEach(category -> absent.add(picture, number(category)));
        image.notExhaustive().forEach(category -> unsure.add(picture, number(category)));
    }

    private void addAnnotation(CocoJson.Annotation annotation, Grouped notExhaustive) {
        int picture = ids.find(annotation.imageId())
                .orElseThrow(() -> bad("wanted the id of a listed image, got image_id " + annotation.imageId()));
        int label =
                classes.get(annotation.categoryId().orElseThrow(() -> bad("wanted the field category_id, got none")));
        ImageSize size = pictures.size(picture);
        BoxXywh box =
                AnnotatedBox.inside(annotation.box(), "image " + annotation.imageId(), size.width(), size.height());
        if (annotation.crowd()) {
            unsure.add(picture, label);
        } else if (notExhaustive.of(picture).noneMatch(unsureLabel -> unsureLabel == label)) {
            boxes.add(picture, AnnotatedBox.lastPixelInside(box), label);
        }
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
