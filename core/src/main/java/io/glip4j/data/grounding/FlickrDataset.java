package io.glip4j.data.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.Caption;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.flickr.EntityPhrase;
import io.glip4j.data.flickr.EntitySentence;
import io.glip4j.data.flickr.FlickrEntities;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flickr30k Entities: a sample for every sentence that has a phrase with a box. */
public final class FlickrDataset implements GroundingDataset {
    private final String name;
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(Path picture, FlickrEntities.Picture entities, int sentence) {}

    private FlickrDataset(String name) {
        this.name = name;
    }

    /**
     * Opens a part of the data set.
     *
     * @param folder has {@code PART.txt}, {@code Sentences} and {@code Annotations}
     * @param images has the pictures, {@code ID.jpg}
     * @param part train, val or test
     */
    public static FlickrDataset open(Path folder, Path images, String part, BadRecordLog log) {
        FlickrDataset dataset = new FlickrDataset("flickr " + part);
        PictureFolder pictures = new PictureFolder(images);
        FlickrEntities.read(folder, part, log).pictures().forEach((id, entities) -> {
            try {
                dataset.add(pictures.existing(id + ".jpg"), entities);
            } catch (GlipException e) {
                log.add(folder + ": picture " + id + ": " + e.getMessage());
            }
        });
        return dataset;
    }

    private void add(Path picture, FlickrEntities.Picture entities) {
        if (entities.boxes().width() < 1 || entities.boxes().height() < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted a size of at least 1 x 1, got " + entities.boxes().width() + " x "
                            + entities.boxes().height());
        }
        for (int sentence = 0; sentence < entities.sentences().size(); sentence++) {
            if (!entities.grounded(sentence).isEmpty()) {
                samples.add(new Sample(picture, entities, sentence));
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public ImageSize pictureSize(int index) {
        FlickrEntities.Picture entities = samples.get(index).entities;
        return new ImageSize(entities.boxes().width(), entities.boxes().height());
    }

    @Override
    public boolean lendsCaptions() {
        return true;
    }

    @Override
    public GroundingSample sample(int index) {
        Sample sample = samples.get(index);
        FlickrEntities.Picture entities = sample.entities;
        EntitySentence sentence = entities.sentences().get(sample.sentence);
        ImageSize size = pictureSize(index);
        List<BoxXyxy> boxes = new ArrayList<>();
        List<List<Span>> phrases = new ArrayList<>();
        for (EntityPhrase phrase : entities.grounded(sample.sentence)) {
            for (BoxXyxy box : entities.boxes().boxes().getOrDefault(phrase.id(), List.of())) {
                boxes.add(within(box, size));
                phrases.add(List.of(sentence.span(phrase)));
            }
        }
        return new GroundingSample(
                name,
                new PictureFile(sample.picture),
                size.width(),
                size.height(),
                boxes,
                new Caption(sentence.sentence(), phrases));
    }

    private static BoxXyxy within(BoxXyxy box, ImageSize size) {
        return new BoxXyxy(
                Math.min(Math.max(box.x1(), 0), size.width() - 1),
                Math.min(Math.max(box.y1(), 0), size.height() - 1),
                Math.min(Math.max(box.x2(), 0), size.width() - 1),
                Math.min(Math.max(box.y2(), 0), size.height() - 1));
    }
}
