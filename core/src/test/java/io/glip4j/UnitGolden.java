package io.glip4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** One copy of the recorded single rules: arrays by name, and the case's own JSON. */
public final class UnitGolden {
    private static final String FOLDER = "units";

    private final Path folder;
    private final ByteBuffer bytes;
    private final JsonNode header;
    private final int dataStart;

    private UnitGolden(Path folder) {
        this.folder = folder;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("expected.safetensors")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(bytes.getLong(0));
            header = new ObjectMapper().readTree(new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8));
            dataStart = Long.BYTES + length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every copy there is, at least one. */
    public static List<UnitGolden> all() {
        return all(FOLDER);
    }

    /** Every copy of another folder of the same form. */
    public static List<UnitGolden> all(String folder) {
        return Goldens.folders(folder).stream().map(UnitGolden::new).toList();
    }

    public JsonNode cases() {
        try {
            return new ObjectMapper().readTree(folder.resolve("case.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        return header.has(name);
    }

    public long[] shape(String name) {
        return StreamSupport.stream(header.required(name).required("shape").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    public float[] floats(String name) {
        float[] values = new float[Math.toIntExact(elements(name))];
        slice(name, "F32").asFloatBuffer().get(values);
        return values;
    }

    public int[] ints(String name) {
        int[] values = new int[Math.toIntExact(elements(name))];
        slice(name, "I32").asIntBuffer().get(values);
        return values;
    }

    public byte[] bytes(String name) {
        byte[] values = new byte[Math.toIntExact(elements(name))];
        slice(name, "U8").get(values);
        return values;
    }

    private long elements(String name) {
        long elements = 1;
        for (long side : shape(name)) {
            elements *= side;
        }
        return elements;
    }

    private ByteBuffer slice(String name, String type) {
        JsonNode entry = header.required(name);
        if (!entry.required("dtype").asText().equals(type)) {
            throw new AssertionError(name + ": wanted " + type + ", got " + entry.get("dtype"));
        }
        JsonNode offsets = entry.required("data_offsets");
        int from = offsets.get(0).asInt();
        return bytes.slice(dataStart + from, offsets.get(1).asInt() - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
