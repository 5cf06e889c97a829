package io.glip4j.data.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnnotatedBox;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.Caption;
import io.glip4j.data.CocoJson;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.table.BoxTable;
import io.glip4j.data.table.Grouped;
import io.glip4j.data.table.PictureTable;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grounding data as MDETR writes it: COCO's shape, with a {@code caption} for each picture and {@code tokens_positive}
 * for each box, the parts of the caption that name it. The file is read twice, pictures first.
 */
public final class MdetrDataset implements GroundingDataset {
    private final Path file;
    private final PictureTable pictures;
    private final BoxTable boxes; // labelled by the number of their words
    private final Grouped words; // begin, end, begin, end, ...
    private final int[] annotated;

    private MdetrDataset(Path file, PictureTable pictures, BoxTable boxes, Grouped words) {
        this.file = file;
        this.pictures = pictures;
        this.boxes = boxes;
        this.words = words;
        this.annotated = IntStream.range(0, pictures.count())
                .filter(picture -> !boxes.isEmpty(picture))
                .toArray();
    }

    /**
     * Opens a data set.
     *
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if it is of another shape or has too many
     *     bad records
     */
    public static MdetrDataset open(Path annotations, Path pictures, BadRecordLog log) {
        return new Reader(new PictureFolder(pictures)).read(annotations, log);
    }

    private static final class Reader {
        private final PictureFolder folder;
        private final PictureTable pictures;
        private final PictureTable.Ids<Long> ids = new PictureTable.Ids<>();
        private final BoxTable.Builder boxes = new BoxTable.Builder();
        private final Grouped.Builder words = new Grouped.Builder();

        Reader(PictureFolder folder) {
            this.folder = folder;
            this.pictures = new PictureTable(folder);
        }

        MdetrDataset read(Path file, BadRecordLog log) {
            new CocoJson(file).images(this::addImage).read(log);
            new CocoJson(file).annotations(this::addAnnotation).read(log);
            return new MdetrDataset(file, pictures, boxes.build(pictures.count()), words.build(boxes.count()));
        }

        private void addImage(CocoJson.Image image) {
            ids.requireNew(image.id());
            if (image.caption().isBlank()) {
                throw bad("wanted a caption, got none");
            }
            String name = folder.tail(image.fileName());
            ids.put(image.id(), pictures.add(name, image.caption(), new ImageSize(image.width(), image.height())));
        }

        private void addAnnotation(CocoJson.Annotation annotation) {
            int picture = ids.find(annotation.imageId())
                    .orElseThrow(() -> bad("wanted the id of a listed image, got image_id " + annotation.imageId()));
            ImageSize size = pictures.size(picture);
            Phrases.check(annotation.words(), pictures.caption(picture));
            BoxXywh box =
                    AnnotatedBox.inside(annotation.box(), "image " + annotation.imageId(), size.width(), size.height());
            int number = boxes.count();
            for (Span span : annotation.words()) {
                words.add(number, span.begin());
                words.add(number, span.end());
            }
            boxes.add(picture, AnnotatedBox.lastPixelInside(box), number);
        }
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
    public boolean lendsCaptions() {
        return true;
    }

    @Override
    public GroundingSample sample(int index) {
        int picture = annotated[index];
        ImageSize size = pictures.size(picture);
        List<BoxXyxy> shown = boxes.boxesOf(picture).mapToObj(boxes::box).toList();
        List<List<Span>> phrases =
                boxes.boxesOf(picture).map(boxes::label).mapToObj(this::words).toList();
        return new GroundingSample(
                file.toString(),
                pictures.source(picture),
                size.width(),
                size.height(),
                shown,
                new Caption(pictures.caption(picture), phrases));
    }

    private List<Span> words(int number) {
        int[] ends = words.of(number).toArray();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < ends.length; i += 2) {
            spans.add(new Span(ends[i], ends[i + 1]));
        }
        return spans;
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
