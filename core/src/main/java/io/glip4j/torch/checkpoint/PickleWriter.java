package io.glip4j.torch.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the pickle of {@code {"model": OrderedDict of tensors, name: number, ...}} in protocol 2, as torch.save does. */
final class PickleWriter {
    private static final int PROTOCOL = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PickleWriter() {}

    /**
     * The whole pickle.
     *
     * @param numbers what stands beside the model, such as the iteration
     */
    static byte[] write(WeightBytes weights, Map<String, Long> numbers) {
        PickleWriter writer = new PickleWriter();
        writer.root(weights, numbers);
        return writer.out.toByteArray();
    }

    private void root(WeightBytes weights, Map<String, Long> numbers) {
        op(0x80);
        out.write(PROTOCOL);
        op('}');
        op('(');
        text("model");
        emptyOrderedDict();
        op('(');
        List<String> names = weights.names();
        for (int key = 0; key < names.size(); key++) {
            text(names.get(key));
            tensor(weights.info(names.get(key)), key);
        }
        op('u');
        numbers.forEach((name, value) -> {
            text(name);
            number(value);
        });
        op('u');
        op('.');
    }

    /** {@code _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())}. */
    private void tensor(TensorInfo info, int key) {
        global("torch._utils", "_rebuild_tensor_v2");
        op('(');
        storage(info, key);
        number(0);
        numbers(info.shape());
        numbers(StoredTensor.rowMajor(info.shape()));
        op(0x89);
        emptyOrderedDict();
        op('t');
        op('R');
    }

    private void storage(TensorInfo info, int key) {
        op('(');
        text("storage");
        global("torch", info.dtype().storageClass());
        text(Integer.toString(key));
        text("cpu");
        number(info.count());
        op('t');
        op('Q');
    }

    private void emptyOrderedDict() {
        global("collections", "OrderedDict");
        op(')');
        op('R');
    }

    private void global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        littleEndian(bytes.length, Integer.BYTES);
        out.writeBytes(bytes);
    }

    private void numbers(List<Long> numbers) {
        op('(');
        numbers.forEach(this::number);
        op('t');
    }

    private void number(long value) {
        if (value == (int) value) {
            op('J');
            littleEndian(value, Integer.BYTES);
        } else {
            op(0x8a);
            out.write(Long.BYTES);
            littleEndian(value, Long.BYTES);
        }
    }

    private void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)) & 0xff);
        }
    }

    private void op(int opcode) {
        out.write(opcode);
    }
}
