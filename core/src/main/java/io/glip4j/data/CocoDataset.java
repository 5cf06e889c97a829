package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ClassNameCleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A detection data set in COCO format, checked when opened: every annotation has a known picture and category and lies
 * inside its picture, every picture file is there. Boxes that reach out by a pixel or less are cut to the picture.
 *
 * <p>Samples are the pictures with at least one object that is not a crowd, in the file's order.
 */
public final class CocoDataset implements GroundingDataset {
    private static final double TOLERANCE_PIXELS = 1;

    private final Path file;
    private final BadRecords policy;
    private final List<CocoImage> images = new ArrayList<>();
    private final List<CocoCategory> categories = new ArrayList<>();
    private final Map<Long, List<CocoAnnotation>> byImage = new LinkedHashMap<>();
    private final Map<Long, Integer> classOfCategory = new LinkedHashMap<>();
    private final List<String> vocabulary = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<CocoImage> annotated;

    /**
     * Opens a data set.
     *
     * @param annotations the COCO JSON file
     * @param pictures the folder its file names are relative to
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} naming the file and the record
     */
    public static CocoDataset open(Path annotations, Path pictures, BadRecords policy) {
        return new CocoDataset(annotations, policy, CocoReader.read(annotations, pictures));
    }

    private CocoDataset(Path file, BadRecords policy, CocoReader.Content content) {
        this.file = file;
        this.policy = policy;
        addImages(content.images());
        addCategories(content.categories());
        addAnnotations(content.annotations());
        this.annotated = images.stream()
                .filter(image -> annotations(image).stream().anyMatch(annotation -> !annotation.crowd()))
                .toList();
    }

    private void addImages(List<CocoImage> read) {
        for (CocoImage image : read) {
            if (byImage.containsKey(image.id())) {
                throw bad("wanted each image id once, got " + image.id() + " twice");
            }
            if (!Files.isRegularFile(image.file())) {
                reject("image " + image.id() + ": wanted the picture " + image.file()
                        + ", got no such file; check the picture folder");
                continue;
            }
            byImage.put(image.id(), new ArrayList<>());
            images.add(image);
        }
    }

    private void addCategories(List<CocoCategory> read) {
        Map<String, Integer> classOfName = new LinkedHashMap<>();
        for (CocoCategory category : read) {
            Integer number = classOfName.computeIfAbsent(words(category), name -> classOfName.size());
            if (classOfCategory.putIfAbsent(category.id(), number) != null) {
                throw bad("wanted each category id once, got " + category.id() + " twice");
            }
            categories.add(category);
        }
        if (categories.isEmpty()) {
            throw bad("wanted at least one category, got none");
        }
        vocabulary.addAll(classOfName.keySet());
    }

    private String words(CocoCategory category) {
        try {
            return ClassNameCleaner.clean(category.name());
        } catch (GlipException e) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS, file + ": category " + category.id() + ": " + e.getMessage(), e);
        }
    }

    private void addAnnotations(List<CocoAnnotation> read) {
        Map<Long, CocoImage> imageOf = new LinkedHashMap<>();
        images.forEach(image -> imageOf.put(image.id(), image));
        Set<Long> ids = new HashSet<>();
        for (CocoAnnotation annotation : read) {
            String record = "annotation " + annotation.id();
            CocoImage image = imageOf.get(annotation.imageId());
            if (!ids.add(annotation.id())) {
                reject(record + ": wanted each annotation id once, got it twice");
            } else if (image == null) {
                reject(record + ": wanted the id of a listed image, got image_id " + annotation.imageId());
            } else if (!classOfCategory.containsKey(annotation.categoryId())) {
                reject(record + ": wanted a category of " + describeCategories() + ", got category_id "
                        + annotation.categoryId());
            } else {
                addInside(annotation, image, record);
            }
        }
    }

    private void addInside(CocoAnnotation annotation, CocoImage image, String record) {
        String box = "[" + annotation.x() + ", " + annotation.y() + ", " + annotation.width() + ", "
                + annotation.height() + "]";
        double x1 = annotation.x();
        double y1 = annotation.y();
        double x2 = x1 + annotation.width();
        double y2 = y1 + annotation.height();
        boolean positive = annotation.width() > 0 && annotation.height() > 0;
        boolean inside = x1 >= -TOLERANCE_PIXELS
                && y1 >= -TOLERANCE_PIXELS
                && x2 <= image.width() + TOLERANCE_PIXELS
                && y2 <= image.height() + TOLERANCE_PIXELS;
        if (!positive) {
            reject(record + ": wanted a bbox [x, y, width, height] of positive size, got " + box);
        } else if (!inside) {
            reject(record + ": wanted a bbox inside image " + image.id() + " (" + image.width() + " x " + image.height()
                    + "), got [x, y, width, height] " + box);
        } else {
            double left = Math.max(0, x1);
            double top = Math.max(0, y1);
            annotationsOf(image)
                    .add(new CocoAnnotation(
                            annotation.id(),
                            annotation.imageId(),
                            annotation.categoryId(),
                            left,
                            top,
                            Math.min(image.width(), x2) - left,
                            Math.min(image.height(), y2) - top,
                            annotation.crowd()));
        }
    }

    private String describeCategories() {
        int listed = 5;
        String first = categories.stream()
                .limit(listed)
                .map(category -> Long.toString(category.id()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return categories.size() > listed
                ? "the " + categories.size() + " listed (" + first + ", ...)"
                : "those listed (" + first + ")";
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
    public GroundingSample sample(int index) {
        CocoImage image = annotated.get(index);
        List<BoxXyxy> boxes = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (CocoAnnotation annotation : annotations(image)) {
            if (!annotation.crowd()) {
                boxes.add(lastPixelInside(annotation));
                labels.add(classOf(annotation));
            }
        }
        return new GroundingSample(
                file.toString(),
                new PictureFile(image.file()),
                image.width(),
                image.height(),
                boxes,
                new ClassNames(vocabulary, labels));
    }

    private static BoxXyxy lastPixelInside(CocoAnnotation box) {
        return new BoxXyxy(
                box.x(), box.y(), box.x() + Math.max(box.width() - 1, 0), box.y() + Math.max(box.height() - 1, 0));
    }

    private int classOf(CocoAnnotation annotation) {
        Integer number = classOfCategory.get(annotation.categoryId());
        if (number == null) {
            throw new IllegalStateException("annotation " + annotation.id() + " was not checked");
        }
        return number;
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
        return List.copyOf(vocabulary);
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
        return List.copyOf(dropped);
    }

    private void reject(String message) {
        if (policy == BadRecords.REFUSE) {
            throw bad(message);
        }
        dropped.add(file + ": " + message);
    }

    private GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, file + ": " + message);
    }
}
