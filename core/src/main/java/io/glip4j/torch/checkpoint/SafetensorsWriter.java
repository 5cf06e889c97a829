package io.glip4j.torch.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, one tensor in memory at a time. */
public final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();
    /** The data starts at a multiple of it, and wide types come first, so that each tensor is aligned to its width. */
    private static final int ALIGNMENT = 8;

    private final WeightBytes weights;
    private final List<String> order;

    private SafetensorsWriter(WeightBytes weights) {
        this.weights = weights;
        this.order = new ArrayList<>(weights.names());
        order.sort(Comparator.comparingInt(
                (String name) -> -weights.info(name).dtype().bytes()));
    }

    /**
     * Makes or replaces {@code target}, through a file beside it.
     *
     * @param metadata texts the file carries beside its tensors
     * @throws io.glip4j.GlipException CANNOT_WRITE; what was there before is then still there
     */
    public static void write(Path target, StateDict weights, Map<String, String> metadata, Precision precision) {
        SafetensorsWriter writer = new SafetensorsWriter(new WeightBytes(weights, precision));
        AtomicFile.write(target, channel -> {
            writer.writeHeader(channel, metadata);
            for (String name : writer.order) {
                writer.weights.forEach(name, piece -> writeAll(channel, piece));
            }
        });
    }

    private void writeHeader(FileChannel channel, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsReader.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (String name : order) {
                offset = writeEntry(json, name, offset);
            }
            json.writeEndObject();
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + bytes.size()).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(bytes.size()).put(bytes.toByteArray()).flip();
        writeAll(channel, header);
    }

    private long writeEntry(JsonGenerator json, String name, long offset) throws IOException {
        TensorInfo info = weights.info(name);
        long end = offset + info.bytes();
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", info.dtype().name());
        json.writeFieldName("shape");
        long[] shape = info.shapeArray();
        json.writeArray(shape, 0, shape.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        return end;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
