package io.glip4j.train;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes scalars in TensorBoard's format: length-prefixed records with masked CRC-32C (TFRecord), each a protobuf
 * {@code Event} of wall time, step and summary. A resumed run writes a further file; TensorBoard joins them.
 */
public final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_SHIFT = 15;
    private static final double MILLIS = 1e3;

    /** Field numbers of tensorflow.Event, Summary and Summary.Value. */
    private static final int EVENT_WALL_TIME = 1;

    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

    private final Path path;
    private final OutputStream out;

    /** Starts a new file in {@code folder}, which is made if it is not there. */
    public static EventFile in(Path folder) {
        long now = System.currentTimeMillis();
        try {
            Files.createDirectories(folder);
            String name = String.format("events.out.tfevents.%010d.glip4j.%d", now / (long) MILLIS, System.nanoTime());
            Path path = folder.resolve(name);
            EventFile file = new EventFile(
                    path, new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)));
            file.write(event -> event.writeString(EVENT_FILE_VERSION, VERSION));
            return file;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private EventFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** Adds one point to the curve of each name, and makes it visible to readers. */
    public void scalars(long step, Map<String, Double> values) {
        try {
            byte[] summary = message(body -> {
                for (Map.Entry<String, Double> entry : values.entrySet()) {
                    byte[] value = message(field -> {
                        field.writeString(VALUE_TAG, entry.getKey());
                        field.writeFloat(VALUE_SIMPLE, entry.getValue().floatValue());
                    });
                    body.writeBytes(SUMMARY_VALUE, ByteString.copyFrom(value));
                }
            });
            write(event -> {
                event.writeInt64(EVENT_STEP, step);
                event.writeBytes(EVENT_SUMMARY, ByteString.copyFrom(summary));
            });
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private interface Fields {
        void write(CodedOutputStream to) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        fields.write(coded);
        coded.flush();
        return bytes.toByteArray();
    }

    private void write(Fields fields) throws IOException {
        byte[] event = message(coded -> {
            coded.writeDouble(EVENT_WALL_TIME, System.currentTimeMillis() / MILLIS);
            fields.write(coded);
        });
        byte[] length = littleEndian(Long.BYTES).putLong(event.length).array();
        out.write(length);
        out.write(littleEndian(Integer.BYTES).putInt(maskedCrc(length)).array());
        out.write(event);
        out.write(littleEndian(Integer.BYTES).putInt(maskedCrc(event)).array());
        out.flush();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), MASK_SHIFT) + MASK_DELTA;
    }

    private static GlipException cannotWrite(Path path, IOException e) {
        return new GlipException(ErrorCode.CANNOT_WRITE, path + ": wanted to write TensorBoard events, got " + e, e);
    }

    /** The file being written. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }
}
