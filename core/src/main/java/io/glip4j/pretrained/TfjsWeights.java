package io.glip4j.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The float weights of a TensorFlow.js graph model, stored as float32 or as float16. */
final class TfjsWeights {
    private static final int LARGEST_RANK = 8;

    private final String source;
    private final Map<String, Weight> byName = new HashMap<>();

    /** Values of one weight, row by row. */
    static final class Weight {
        final long[] shape;
        final float[] values;

        Weight(long[] shape, float[] values) {
            this.shape = shape;
            this.values = values;
        }
    }

    private TfjsWeights(String source) {
        this.source = source;
    }

    /** Reads {@code model.json} and its one binary file; {@code source} names them in errors. */
    static TfjsWeights read(InputStream json, InputStream binary, String source) throws IOException {
        TfjsWeights weights = new TfjsWeights(source);
        ByteBuffer data = ByteBuffer.wrap(binary.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode group : new ObjectMapper().readTree(json).path("weightsManifest")) {
            for (JsonNode entry : group.path("weights")) {
                weights.add(entry, data);
            }
        }
        if (data.hasRemaining()) {
            throw weights.bad("as many bytes as the weights listed", data.remaining() + " more");
        }
        return weights;
    }

    /** The weight of this name; an error where there is none. */
    Weight get(String name) {
        Weight weight = byName.get(name);
        if (weight == null) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "wanted the weight " + name + ", got none in " + source + "; is the network another one?");
        }
        return weight;
    }

    private void add(JsonNode entry, ByteBuffer data) {
        String name = entry.path("name").asText();
        String type = entry.path("quantization")
                .path("dtype")
                .asText(entry.path("dtype").asText());
        int width = switch (type) {
            case "float16" -> Short.BYTES;
            case "float32", "int32" -> Integer.BYTES;
            default -> throw bad("float16, float32 or int32 weights", name + " of type '" + type + "'");
        };
        long[] shape = shape(entry.path("shape"), name, data.remaining());
        long count = 1;
        for (long size : shape) {
            count *= size;
            if (count * width > data.remaining()) {
                throw bad(name + " within the file's " + data.remaining() + " bytes left", "a larger shape");
            }
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "float16" -> fromHalf(data.getShort());
                case "float32" -> data.getFloat();
                default -> data.getInt();
            };
        }
        byName.put(name, new Weight(shape, values));
    }

    private long[] shape(JsonNode sizes, String name, long most) {
        if (!sizes.isArray() || sizes.size() > LARGEST_RANK) {
            throw bad("a shape of at most " + LARGEST_RANK + " sizes for " + name, sizes.toString());
        }
        long[] shape = new long[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes.get(i).asLong(-1);
            if (shape[i] < 1 || shape[i] > most) {
                throw bad("sizes of 1 to " + most + " for " + name, sizes.toString());
            }
        }
        return shape;
    }

    private GlipException bad(String wanted, String got) {
        return new GlipException(
                ErrorCode.BAD_CHECKPOINT,
                "wanted " + wanted + ", got " + got + " in " + source + "; fetch the file again");
    }

    /** IEEE 754 half precision to single. */
    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int biased = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | (biased << 23) | (mantissa << 13));
    }
}
