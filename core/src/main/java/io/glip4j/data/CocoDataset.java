package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.Segmentation;
import io.glip4j.input.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A detection data set in COCO format, checked when opened: every annotation has a known picture and category and lies
 * inside its picture, every picture file is there. Boxes that reach out by a pixel or less are cut to the picture.
 *
 * <p>Samples are the pictures with at least one object that is not a crowd, in the file's order.
 */
public final class CocoDataset implements GroundingDataset {
    private final Path file;
    private final boolean outlined;
    private final BadRecordLog log;
    private final List<CocoImage> images = new ArrayList<>();
    private final List<CocoCategory> categories = new ArrayList<>();
    private final Map<Long, List<CocoAnnotation>> byImage = new LinkedHashMap<>();
    private final ClassNumbers classes = new ClassNumbers();
    private final List<String> vocabulary;
    private final List<CocoImage> annotated;

    /**
     * Opens a data set.
     *
     * @param annotations the COCO JSON file
     * @param pictures the folder its file names are relative to
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} naming the file and the record
     */
    public static CocoDataset open(Path annotations, Path pictures, BadRecords policy) {
        return open(annotations, pictures, new BadRecordLog(policy));
    }

    /** As above; what is left out goes to a log. */
    public static CocoDataset open(Path annotations, Path pictures, BadRecordLog log) {
        return open(new CocoJson(annotations), false, annotations, pictures, log);
    }

    /** As above, where every object that is not a crowd has an outline: polygons or run lengths of its picture's size. */
    public static CocoDataset openWithOutlines(Path annotations, Path pictures, BadRecordLog log) {
        return open(new CocoJson(annotations).withOutlines(), true, annotations, pictures, log);
    }

    private static CocoDataset open(
            CocoJson json, boolean outlined, Path annotations, Path pictures, BadRecordLog log) {
        List<CocoJson.Image> images = new ArrayList<>();
        List<CocoCategory> categories = new ArrayList<>();
        List<CocoJson.Annotation> annotated = new ArrayList<>();
        json.images(images::add)
                .categories(categories::add)
                .annotations(annotated::add)
                .read(log);
        return new CocoDataset(annotations, outlined, new PictureFolder(pictures), images, categories, annotated, log);
    }

    private CocoDataset(
            Path file,
            boolean outlined,
            PictureFolder folder,
            List<CocoJson.Image> images,
            List<CocoCategory> categories,
            List<CocoJson.Annotation> annotations,
            BadRecordLog log) {
        this.file = file;
        this.outlined = outlined;
        this.log = log;
        images.forEach(image -> addImage(image, folder));
        categories.forEach(this::addCategory);
        if (categories.isEmpty()) {
            throw bad("wanted at least one category, got none");
        }
        this.vocabulary = classes.vocabulary();
        addAnnotations(annotations);
        this.annotated = this.images.stream()
                .filter(image -> annotations(image).stream().anyMatch(annotation -> !annotation.crowd()))
                .toList();
    }

    private void addImage(CocoJson.Image image, PictureFolder folder) {
        if (byImage.containsKey(image.id())) {
            throw bad("wanted each image id once, got " + image.id() + " twice");
        }
        try {
            Path picture = folder.existing(image.fileName());
            byImage.put(image.id(), new ArrayList<>());
            images.add(new CocoImage(image.id(), picture, image.width(), image.height()));
        } catch (GlipException e) {
            log.add(file + ": image " + image.id() + ": " + e.getMessage());
        }
    }

    private void addCategory(CocoCategory category) {
        try {
            classes.add(category.id(), category.name());
        } catch (GlipException e) {
            throw bad("category " + category.id() + ": " + e.getMessage());
        }
        categories.add(category);
    }

    private void addAnnotations(List<CocoJson.Annotation> read) {
        Map<Long, CocoImage> imageOf = new LinkedHashMap<>();
        images.forEach(image -> imageOf.put(image.id(), image));
        Set<Long> ids = new HashSet<>();
        for (CocoJson.Annotation annotation : read) {
            CocoImage image = imageOf.get(annotation.imageId());
            try {
                if (!ids.add(annotation.id())) {
                    throw new GlipException(ErrorCode.BAD_ANNOTATIONS, "wanted each annotation id once, got it twice");
                }
                if (image == null) {
                    throw new GlipException(
                            ErrorCode.BAD_ANNOTATIONS,
                            "wanted the id of a listed image, got image_id " + annotation.imageId());
                }
                annotationsOf(image).add(checked(annotation, image));
            } catch (GlipException e) {
                log.add(file + ": annotation " + annotation.id() + ": " + e.getMessage());
            }
        }
    }

    private CocoAnnotation checked(CocoJson.Annotation annotation, CocoImage image) {
        long category = annotation
                .categoryId()
                .orElseThrow(
                        () -> new GlipException(ErrorCode.BAD_ANNOTATIONS, "wanted the field category_id, got none"));
        classes.get(category);
        BoxXywh box = AnnotatedBox.inside(annotation.box(), "image " + image.id(), image.width(), image.height());
        Optional<Segmentation> outline =
                annotation.outline().map(shape -> AnnotatedOutline.checked(shape, image.width(), image.height()));
        if (outlined && outline.isEmpty() && !annotation.crowd()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, "wanted the field segmentation (polygons or run lengths), got none");
        }
        return new CocoAnnotation(
                annotation.id(),
                annotation.imageId(),
                category,
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                annotation.crowd(),
                outline);
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Number of pictures with at least one object that is not a crowd. */
    @Override
    public int size() {
        return annotated.size();
    }

    @Override
    public ImageSize pictureSize(int index) {
        CocoImage image = annotated.get(index);
        return new ImageSize(image.width(), image.height());
    }

    @Override
    public GroundingSample sample(int index) {
        CocoImage image = annotated.get(index);
        List<BoxXyxy> boxes = new ArrayList<>();
        List<Segmentation> outlines = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        Set<Integer> crowds = new HashSet<>();
        for (CocoAnnotation annotation : annotations(image)) {
            int label = classes.get(annotation.categoryId());
            if (annotation.crowd()) {
                crowds.add(label);
            } else {
                boxes.add(AnnotatedBox.lastPixelInside(
                        new BoxXywh(annotation.x(), annotation.y(), annotation.width(), annotation.height())));
                labels.add(label);
                annotation.outline().ifPresent(outlines::add);
            }
        }
        return new GroundingSample(
                file.toString(),
                new PictureFile(image.file()),
                image.width(),
                image.height(),
                boxes,
                ClassNames.exhaustive(vocabulary, labels, crowds),
                outlines);
    }

    /** All pictures, with and without objects. */
    public List<CocoImage> images() {
        return List.copyOf(images);
    }

    public List<CocoCategory> categories() {
        return List.copyOf(categories);
    }

    /** The words of the class names, each once, in the order of the categories. */
    public List<String> vocabulary() {
        return vocabulary;
    }

    /** The objects of a picture, crowds included. */
    public List<CocoAnnotation> annotations(CocoImage image) {
        return List.copyOf(annotationsOf(image));
    }

    private List<CocoAnnotation> annotationsOf(CocoImage image) {
        List<CocoAnnotation> found = byImage.get(image.id());
        if (found == null) {
            throw new IllegalArgumentException("image " + image.id() + " is not of " + file);
        }
        return found;
    }

    /** One line for each record left out; empty with {@link BadRecords#REFUSE}. */
    public List<String> dropped() {
        return log.lines();
    }

    private GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, file + ": " + message);
    }
}
