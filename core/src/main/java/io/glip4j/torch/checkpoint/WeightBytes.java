package io.glip4j.torch.checkpoint;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** What a file is to hold of a state dict: types after the choice of precision, and bytes, one tensor at a time. */
final class WeightBytes {
    private static final double LARGEST_HALF = 65_504;

    /** Takes one piece of a tensor's bytes. */
    @FunctionalInterface
    interface Sink {
        void accept(ByteBuffer piece) throws IOException;
    }

    private final StateDict weights;
    private final Map<String, TensorInfo> infos = new LinkedHashMap<>();

    WeightBytes(StateDict weights, Precision precision) {
        this.weights = weights;
        for (String name : weights.names()) {
            TensorInfo info = weights.info(name);
            boolean halved = precision == Precision.HALF && isMatrix(info) && fitsHalf(name);
            infos.put(name, halved ? new TensorInfo(DType.F16, info.shape()) : info);
        }
    }

    /** In the order of the state dict. */
    List<String> names() {
        return List.copyOf(infos.keySet());
    }

    TensorInfo info(String name) {
        TensorInfo info = infos.get(name);
        if (info == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return info;
    }

    /** Hands out the bytes of a tensor, row by row and little-endian. */
    void forEach(String name, Sink sink) throws IOException {
        TensorInfo info = info(name);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor tensor = weights.tensor(name)
                    .to(new Device(DeviceType.CPU), info.dtype().scalarType())
                    .contiguous();
            TensorMemory.visit(tensor, info.bytes(), (offset, piece) -> sink.accept(piece));
        }
    }

    private static boolean isMatrix(TensorInfo info) {
        return info.dtype() == DType.F32 && info.shape().size() >= 2 && info.count() > 0;
    }

    private boolean fitsHalf(String name) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return Tensors.toFloats(weights.tensor(name).abs().max())[0] <= LARGEST_HALF;
        }
    }
}
