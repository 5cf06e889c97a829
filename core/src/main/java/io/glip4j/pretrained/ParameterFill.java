package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Puts published weights into all parameters under one prefix: each exactly once, each of the right shape. */
final class ParameterFill {
    private final String source;
    private final String prefix;
    private final Map<String, Tensor> missing = new LinkedHashMap<>();

    /** The parameters to fill are those whose name starts with {@code prefix}; {@code source} names the weights. */
    ParameterFill(Parameters parameters, String prefix, String source) {
        this.source = source;
        this.prefix = prefix;
        parameters.byName().forEach((name, parameter) -> {
            if (name.startsWith(prefix)) {
                missing.put(name.substring(prefix.length()), parameter);
            }
        });
    }

    /** Whether {@code name}, without the prefix, still waits for its weights. */
    boolean wants(String name) {
        return missing.containsKey(name);
    }

    /**
     * Fills one parameter.
     *
     * @param values a tensor of shape {@code stored}, row by row
     * @param order axes of the stored tensor in the parameter's order
     */
    void put(String name, float[] values, long[] stored, long... order) {
        Tensor parameter = missing.remove(name);
        if (parameter == null) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "wanted each parameter once, got " + name + " again in " + source + "; fetch the file again");
        }
        long[] wanted = Tensors.shape(parameter);
        long[] got = stored.length == order.length
                ? Arrays.stream(order).map(axis -> stored[(int) axis]).toArray()
                : stored;
        if (!Arrays.equals(wanted, got) || values.length != parameter.numel()) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "wanted " + prefix + name + " of shape " + Tensors.describeShape(wanted) + ", got "
                            + Tensors.describeShape(got) + " in " + source + "; is it another variant?");
        }
        try (TensorScope scope = TensorScope.withoutGradient()) {
            parameter.copy_(Tensors.of(values, stored).permute(order));
        }
    }

    /** Fails with the names of all parameters that nothing was put into. */
    void finish() {
        if (!missing.isEmpty()) {
            List<String> names = new ArrayList<>(missing.keySet());
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "wanted weights for every parameter under '" + prefix + "', got none for " + names + " in " + source
                            + "; is the network another one?");
        }
    }
}
