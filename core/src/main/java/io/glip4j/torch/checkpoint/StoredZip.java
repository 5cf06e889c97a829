package io.glip4j.torch.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of a zip file whose entries are all stored, not compressed, so that each can be read in place. Zip64
 * included. Anything else (compressed, encrypted, overlapping or doubled entries) is refused.
 */
final class StoredZip {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final long ZIP64_LOCATOR_SIGNATURE = 0x07064b50L;
    private static final long ZIP64_END_SIGNATURE = 0x06064b50L;
    private static final long CENTRAL_SIGNATURE = 0x02014b50L;
    private static final long LOCAL_SIGNATURE = 0x04034b50L;
    private static final int END_SIZE = 22;
    private static final int ZIP64_LOCATOR_SIZE = 20;
    private static final int ZIP64_END_SIZE = 56;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ZIP64_EXTRA = 1;
    private static final int ENCRYPTED = 1;
    private static final long IN_ZIP64 = 0xffff_ffffL;
    private static final int COUNT_IN_ZIP64 = 0xffff;
    private static final long MAX_ENTRIES = 1_000_000;

    /** Where the bytes of an entry lie in the file. */
    record Entry(String name, long start, long size) {}

    private record Directory(long start, long count) {}

    private final FileContent file;
    private final BadFile errors;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    StoredZip(FileContent file) {
        this.file = file;
        this.errors = file.errors();
        readDirectory(findDirectory());
        checkOverlap();
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private Directory findDirectory() {
        long first = Math.max(0, file.size() - END_SIZE - MAX_COMMENT);
        int length = (int) (file.size() - first);
        ByteBuffer tail = ByteBuffer.wrap(file.bytes(first, length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int end = length - END_SIZE; end >= 0; end--) {
            if (tail.getInt(end) == END_SIGNATURE && file.unsignedShort(first + end + 20) == length - END_SIZE - end) {
                return directoryAt(first + end);
            }
        }
        throw errors.malformed("the zip directory at its end is missing, so it was probably cut short");
    }

    private Directory directoryAt(long end) {
        long count = file.unsignedShort(end + 10);
        long start = file.unsignedInt(end + 16);
        if (count == COUNT_IN_ZIP64 || start == IN_ZIP64 || file.unsignedInt(end + 12) == IN_ZIP64) {
            long locator = end - ZIP64_LOCATOR_SIZE;
            signature(locator, ZIP64_LOCATOR_SIGNATURE, "zip64 locator");
            long zip64 = file.int64(locator + 8);
            signature(zip64, ZIP64_END_SIGNATURE, "zip64 directory");
            file.check(zip64, ZIP64_END_SIZE);
            count = file.int64(zip64 + 32);
            start = file.int64(zip64 + 48);
        }
        if (count < 0 || count > MAX_ENTRIES) {
            throw errors.malformed("wanted at most " + MAX_ENTRIES + " zip entries, got " + count);
        }
        return new Directory(start, count);
    }

    private void readDirectory(Directory directory) {
        long at = directory.start();
        for (long i = 0; i < directory.count(); i++) {
            signature(at, CENTRAL_SIGNATURE, "zip directory entry");
            int nameLength = file.unsignedShort(at + 28);
            int extraLength = file.unsignedShort(at + 30);
            int commentLength = file.unsignedShort(at + 32);
            String name = file.utf8(at + CENTRAL_SIZE, nameLength);
            Entry entry = readEntry(at, name, at + CENTRAL_SIZE + nameLength, extraLength);
            if (entry.start() + entry.size() > directory.start()) {
                throw errors.malformed("the zip entry '" + name + "' reaches into the directory");
            }
            if (entries.put(name, entry) != null) {
                throw errors.malformed("it has two zip entries named '" + name + "'");
            }
            at += CENTRAL_SIZE + nameLength + extraLength + commentLength;
        }
    }

    private Entry readEntry(long central, String name, long extra, int extraLength) {
        int method = file.unsignedShort(central + 10);
        if (method != 0) {
            throw errors.unsupported("the zip entry '" + name + "' is compressed (method " + method
                    + "); wanted stored entries, as torch.save writes them");
        }
        if ((file.unsignedShort(central + 8) & ENCRYPTED) != 0) {
            throw errors.unsupported("the zip entry '" + name + "' is encrypted");
        }
        long packed = file.unsignedInt(central + 20);
        long size = file.unsignedInt(central + 24);
        long local = file.unsignedInt(central + 42);
        if (size == IN_ZIP64 || packed == IN_ZIP64 || local == IN_ZIP64) {
            long at = zip64Extra(name, extra, extraLength);
            if (size == IN_ZIP64) {
                size = file.int64(at);
                at += Long.BYTES;
            }
            if (packed == IN_ZIP64) {
                packed = file.int64(at);
                at += Long.BYTES;
            }
            if (local == IN_ZIP64) {
                local = file.int64(at);
            }
        }
        if (packed != size) {
            throw errors.malformed("the stored zip entry '" + name + "' has two sizes, " + packed + " and " + size);
        }
        signature(local, LOCAL_SIGNATURE, "zip entry '" + name + "'");
        long start = local + LOCAL_SIZE + file.unsignedShort(local + 26) + file.unsignedShort(local + 28);
        file.check(start, size);
        return new Entry(name, start, size);
    }

    private long zip64Extra(String name, long extra, int extraLength) {
        long at = extra;
        while (at + 4 <= extra + extraLength) {
            if (file.unsignedShort(at) == ZIP64_EXTRA) {
                return at + 4;
            }
            at += 4 + file.unsignedShort(at + 2);
        }
        throw errors.malformed("the zip entry '" + name + "' lacks its zip64 sizes");
    }

    private void checkOverlap() {
        List<Entry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::start));
        long end = 0;
        for (Entry entry : inOrder) {
            if (entry.start() < end) {
                throw errors.malformed("the zip entry '" + entry.name() + "' overlaps another");
            }
            end = entry.start() + entry.size();
        }
    }

    private void signature(long offset, long wanted, String what) {
        if (file.unsignedInt(offset) != wanted) {
            throw errors.malformed("wanted a " + what + " at byte " + offset + ", got something else");
        }
    }
}
