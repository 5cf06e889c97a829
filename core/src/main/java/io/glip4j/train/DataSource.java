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
public record DataSource(Path annotations, Path pictures, double repeat, BadRecords badRecords) {
    /** Each picture once an epoch; a bad record is an error. */
    public static DataSource of(Path annotations, Path pictures) {
        return new DataSource(annotations, pictures, 1, BadRecords.REFUSE);
    }

    public DataSource withRepeat(double factor) {
        return new DataSource(annotations, pictures, factor, badRecords);
    }

    Mixture.Part open() {
        return new Mixture.Part(CocoDataset.open(annotations, pictures, badRecords), repeat);
    }
}
