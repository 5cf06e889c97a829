package io.glip4j.pretrained;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the nodes and float32 weights of an ONNX file (onnx.proto3) in one pass over the stream, holding one weight at
 * a time. Nothing in the file is run; lengths are checked against what encloses them before anything is allocated.
 */
final class OnnxReader {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int TENSOR_SHAPE = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW_DATA = 9;
    private static final int TYPE_FLOAT = 1;

    /** Takes what the file holds, in the file's order; exporters write all nodes before all weights. */
    interface Visitor {
        void node(String operator, String name, List<String> inputs);

        void weight(String name, long[] shape, FloatBuffer values);
    }

    private final CodedInputStream input;
    private final Visitor visitor;

    private OnnxReader(CodedInputStream input, Visitor visitor) {
        this.input = input;
        this.visitor = visitor;
    }

    /** Reads all of {@code stream}; {@code source} names it in errors. */
    static void read(InputStream stream, String source, Visitor visitor) {
        try {
            CodedInputStream coded = CodedInputStream.newInstance(stream, 1 << 16);
            new OnnxReader(coded, visitor).model();
        } catch (InvalidProtocolBufferException e) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    "wanted an ONNX file, got something else in " + source + " (" + e.getMessage()
                            + "); fetch the file again",
                    e);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    "wanted to read " + source + ", got: " + e.getMessage() + "; check the file",
                    e);
        }
    }

    private void model() throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (isMessage(tag, MODEL_GRAPH)) {
                int outer = enter();
                graph();
                leave(outer);
            } else {
                input.skipField(tag);
            }
        }
    }

    private void graph() throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (isMessage(tag, GRAPH_NODE)) {
                int outer = enter();
                node();
                leave(outer);
            } else if (isMessage(tag, GRAPH_INITIALIZER)) {
                int outer = enter();
                weight();
                leave(outer);
            } else {
                input.skipField(tag);
            }
        }
    }

    private void node() throws IOException {
        List<String> inputs = new ArrayList<>();
        String name = "";
        String operator = "";
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (isMessage(tag, NODE_INPUT)) {
                inputs.add(input.readString());
            } else if (isMessage(tag, NODE_NAME)) {
                name = input.readString();
            } else if (isMessage(tag, NODE_OPERATOR)) {
                operator = input.readString();
            } else {
                input.skipField(tag);
            }
        }
        visitor.node(operator, name, inputs);
    }

    private void weight() throws IOException {
        List<Long> shape = new ArrayList<>();
        String name = "";
        int type = 0;
        ByteBuffer raw = ByteBuffer.allocate(0);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (isMessage(tag, TENSOR_SHAPE)) {
                int outer = enter();
                while (!input.isAtEnd()) {
                    shape.add(input.readInt64());
                }
                input.popLimit(outer);
            } else if (WireFormat.getTagFieldNumber(tag) == TENSOR_SHAPE) {
                shape.add(input.readInt64());
            } else if (WireFormat.getTagFieldNumber(tag) == TENSOR_TYPE) {
                type = input.readInt32();
            } else if (isMessage(tag, TENSOR_NAME)) {
                name = input.readString();
            } else if (isMessage(tag, TENSOR_RAW_DATA)) {
                raw = ByteBuffer.wrap(input.readByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            } else {
                input.skipField(tag);
            }
        }
        if (type == TYPE_FLOAT && raw.hasRemaining()) {
            long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
            visitor.weight(name, sizes, raw.asFloatBuffer());
        }
    }

    private static boolean isMessage(int tag, int field) {
        return WireFormat.getTagFieldNumber(tag) == field
                && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private int enter() throws IOException {
        return input.pushLimit(input.readRawVarint32());
    }

    private void leave(int outer) throws IOException {
        input.checkLastTagWas(0);
        input.popLimit(outer);
    }
}
