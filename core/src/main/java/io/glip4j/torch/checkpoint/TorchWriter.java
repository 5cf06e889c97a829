package io.glip4j.torch.checkpoint;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes {@code .pth} files that Python's {@code torch.load(weights_only=True)} reads: a zip of stored entries whose
 * data is aligned to 64 bytes, the tensors under {@code model}.
 */
public final class TorchWriter {
    private static final String ROOT = "archive/";
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    /** PyTorch's mark of the extra field that only pads. */
    private static final byte[] PADDING = {'F', 'B'};
    /** One date for all, so that equal weights give equal files; the format's first day would mean an earlier one. */
    private static final LocalDateTime NO_DATE = LocalDateTime.of(1980, 1, 2, 0, 0);

    private static final int COPY_BYTES = 1 << 16;

    private final CountingStream counter;
    private final ZipOutputStream zip;

    private TorchWriter(OutputStream out) {
        this.counter = new CountingStream(out);
        this.zip = new ZipOutputStream(counter);
    }

    /**
     * Makes or replaces {@code target}, through a file beside it.
     *
     * @param numbers what stands beside the model, such as {@code iteration}
     * @throws io.glip4j.GlipException CANNOT_WRITE; what was there before is then still there
     */
    public static void write(Path target, StateDict weights, Map<String, Long> numbers, Precision precision) {
        WeightBytes bytes = new WeightBytes(weights, precision);
        AtomicFile.write(target, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), COPY_BYTES);
            new TorchWriter(out).writeAll(bytes, numbers);
        });
    }

    private void writeAll(WeightBytes weights, Map<String, Long> numbers) throws IOException {
        small("data.pkl", PickleWriter.write(weights, numbers));
        small("byteorder", "little".getBytes(StandardCharsets.UTF_8));
        List<String> names = weights.names();
        for (int key = 0; key < names.size(); key++) {
            tensor("data/" + key, weights, names.get(key));
        }
        small("version", "3\n".getBytes(StandardCharsets.UTF_8));
        zip.close();
    }

    private void small(String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        begin(name, content.length, checksum);
        zip.write(content);
        zip.closeEntry();
    }

    /** The checksum stands before the data, so the bytes are gone through twice. */
    private void tensor(String name, WeightBytes weights, String tensor) throws IOException {
        CRC32 checksum = new CRC32();
        weights.forEach(tensor, checksum::update);
        begin(name, weights.info(tensor).bytes(), checksum);
        byte[] buffer = new byte[COPY_BYTES];
        weights.forEach(tensor, piece -> {
            while (piece.hasRemaining()) {
                int length = Math.min(buffer.length, piece.remaining());
                piece.get(buffer, 0, length);
                zip.write(buffer, 0, length);
            }
        });
        zip.closeEntry();
    }

    private void begin(String name, long size, CRC32 checksum) throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(NO_DATE);
        entry.setExtra(padding(counter.written + LOCAL_HEADER + entry.getName().length() + EXTRA_HEADER));
        zip.putNextEntry(entry);
    }

    /** An extra field that moves the data, which would start at {@code offset}, to the next multiple. */
    private static byte[] padding(long offset) {
        int length = (int) ((ALIGNMENT - offset % ALIGNMENT) % ALIGNMENT);
        byte[] extra = new byte[EXTRA_HEADER + length];
        extra[0] = PADDING[0];
        extra[1] = PADDING[1];
        extra[2] = (byte) length;
        return extra;
    }

    /** Knows how far the file has got. */
    private static final class CountingStream extends FilterOutputStream {
        private long written;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }

        /** The file below is its owner's to close, after it was forced to disk. */
        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
