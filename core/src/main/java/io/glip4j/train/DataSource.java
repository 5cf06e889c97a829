package io.glip4j.train;

import io.glip4j.data.BadRecords;
import io.glip4j.data.Mixture;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import java.nio.file.Path;

/** A data set to train on, not yet opened. */
public interface DataSource {
    /** Each picture of a COCO data set once an epoch; a bad record is an error. */
    static FileSource of(Path annotations, Path pictures) {
        return new FileSource(DataFormat.COCO_JSON, DataFiles.of(annotations, pictures), 1, BadRecords.REFUSE);
    }

    /** Reads its annotations, or whatever it needs before its first sample. */
    Mixture.Part open();
}
