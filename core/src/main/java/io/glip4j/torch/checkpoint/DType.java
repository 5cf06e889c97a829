package io.glip4j.torch.checkpoint;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types a checkpoint may hold, named as safetensors names them. */
public enum DType {
    F64(8, ScalarType.Double, "DoubleStorage"),
    F32(4, ScalarType.Float, "FloatStorage"),
    F16(2, ScalarType.Half, "HalfStorage"),
    BF16(2, ScalarType.BFloat16, "BFloat16Storage"),
    I64(8, ScalarType.Long, "LongStorage"),
    I32(4, ScalarType.Int, "IntStorage"),
    I16(2, ScalarType.Short, "ShortStorage"),
    I8(1, ScalarType.Char, "CharStorage"),
    U8(1, ScalarType.Byte, "ByteStorage"),
    BOOL(1, ScalarType.Bool, "BoolStorage");

    private final int bytes;
    private final ScalarType scalarType;
    private final String storageClass;

    DType(int bytes, ScalarType scalarType, String storageClass) {
        this.bytes = bytes;
        this.scalarType = scalarType;
        this.storageClass = storageClass;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The same type in libtorch. */
    public ScalarType scalarType() {
        return scalarType;
    }

    /** True for the types that a network's weights come in. */
    public boolean floating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Name of PyTorch's storage class, such as {@code FloatStorage}. */
    String storageClass() {
        return storageClass;
    }

    static Optional<DType> ofName(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static Optional<DType> ofStorageClass(String name) {
        for (DType type : values()) {
            if (type.storageClass.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type of a libtorch tensor, or nothing where checkpoints do not hold it. */
    static Optional<DType> of(ScalarType scalarType) {
        for (DType type : values()) {
            if (type.scalarType == scalarType.intern()) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
