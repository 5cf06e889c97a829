package io.glip4j.data.table;

import io.glip4j.data.FileSlice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts of a few files, by number; 16 bytes each. */
public final class FileSlices {
    private final List<Path> files = new ArrayList<>();
    private final Ints fileOf = new Ints();
    private final Ints lengths = new Ints();
    private long[] offsets = new long[16];

    public void add(FileSlice slice) {
        int last = files.size() - 1;
        if (last < 0 || !files.get(last).equals(slice.file())) {
            files.add(slice.file());
        }
        if (size() == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.multiplyExact(2, offsets.length));
        }
        offsets[size()] = slice.offset();
        fileOf.add(files.size() - 1);
        lengths.add(slice.length());
    }

    public FileSlice get(int index) {
        return new FileSlice(files.get(fileOf.get(index)), offsets[index], lengths.get(index));
    }

    public int size() {
        return fileOf.size();
    }
}
