package io.glip4j.train;

import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.Mixture;
import java.nio.file.Path;

/**
 * One COCO data set to train on.
 *
 * @param annotations its JSON file
 * @param pictures the folder its file names are relative to
 * @param repeat how often an epoch shows each picture
 */
public record CocoSource(Path annotations, Path pictures, double repeat, BadRecords badRecords) implements DataSource {
    public CocoSource withRepeat(double factor) {
        return new CocoSource(annotations, pictures, factor, badRecords);
    }

    @Override
    public Mixture.Part open() {
        return new Mixture.Part(CocoDataset.open(annotations, pictures, badRecords), repeat);
    }
}
