package io.glip4j.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** The memory of a tensor in pieces that Java can address; a buffer of JavaCPP ends at 2 GiB, whatever its limit. */
final class TensorMemory {
    private static final long PIECE = 1L << 26;

    /** Reads or fills one piece. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Visits.
         *
         * @param offset of the piece, in bytes
         */
        void visit(long offset, ByteBuffer piece) throws IOException;
    }

    private TensorMemory() {}

    /** Visits all bytes of a contiguous tensor in this process's main memory, in order. */
    static void visit(Tensor tensor, long bytes, Visitor visitor) throws IOException {
        if (bytes == 0) {
            return; // an empty tensor has no memory
        }
        try (BytePointer memory = new BytePointer(tensor.data_ptr())) {
            for (long offset = 0; offset < bytes; offset += PIECE) {
                long length = Math.min(PIECE, bytes - offset);
                try (BytePointer piece = memory.getPointer(offset)) {
                    visitor.visit(offset, piece.limit(length).asByteBuffer());
                }
            }
        }
    }
}
