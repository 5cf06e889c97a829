package io.glip4j.train;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.Mixture;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;

/**
 * A data set in files.
 *
 * @param repeat how often an epoch shows each picture
 * @param badRecords how many records and pictures may be left out
 */
public record FileSource(DataFormat format, DataFiles files, double repeat, BadRecords badRecords)
        implements DataSource {
    public FileSource withRepeat(double factor) {
        return new FileSource(format, files, factor, badRecords);
    }

    @Override
    public Mixture.Part open() {
        BadRecordLog log = new BadRecordLog(badRecords);
        return new Mixture.Part(format.open(files, log), repeat, log);
    }
}
