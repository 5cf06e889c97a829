package io.glip4j.data.detection;

import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.table.BoxTable;
import io.glip4j.data.table.Grouped;
import io.glip4j.data.table.PictureTable;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A detection data set in compact tables; its samples are the pictures with boxes. */
public final class DetectionTable implements GroundingDataset {
    private final Path file;
    private final List<String> vocabulary;
    private final PictureTable pictures;
    private final BoxTable boxes;
    private final Grouped unsure;
    private final Optional<Grouped> absent;
    private final int[] annotated;

    /**
     * Puts tables together.
     *
     * @param boxes labelled by class
     * @param unsure for each picture, classes that may be seen although they have no box
     * @param absent for each picture, classes that are surely not to be seen; without it, all that have no box and are
     *     not unsure
     */
    DetectionTable(
            Path file,
            List<String> vocabulary,
            PictureTable pictures,
            BoxTable boxes,
            Grouped unsure,
            Optional<Grouped> absent) {
        this.file = file;
        this.vocabulary = List.copyOf(vocabulary);
        this.pictures = pictures;
        this.boxes = boxes;
        this.unsure = unsure;
        this.absent = absent;
        this.annotated = IntStream.range(0, pictures.count())
                .filter(picture -> !boxes.isEmpty(picture))
                .toArray();
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public int size() {
        return annotated.length;
    }

    @Override
    public ImageSize pictureSize(int index) {
        return pictures.size(annotated[index]);
    }

    @Override
    public GroundingSample sample(int index) {
        int picture = annotated[index];
        ImageSize size = pictures.size(picture);
        List<BoxXyxy> shown = boxes.boxesOf(picture).mapToObj(boxes::box).toList();
        List<Integer> labels = boxes.boxesOf(picture).map(boxes::label).boxed().toList();
        return new GroundingSample(
                file.toString(), pictures.source(picture), size.width(), size.height(), shown, names(picture, labels));
    }

    private ClassNames names(int picture, List<Integer> labels) {
        List<Integer> maybe = unsure.of(picture).boxed().toList();
        if (absent.isEmpty()) {
            return ClassNames.exhaustive(vocabulary, labels, maybe);
        }
        Set<Integer> seen = new HashSet<>(labels);
        seen.addAll(maybe);
        List<Integer> known = absent.get()
                .of(picture)
                .distinct()
                .filter(label -> !seen.contains(label))
                .boxed()
                .toList();
        return new ClassNames(vocabulary, labels, known);
    }
}
