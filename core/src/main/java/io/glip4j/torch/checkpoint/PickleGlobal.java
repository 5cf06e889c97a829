package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.PickleValue.Callable;
import io.glip4j.torch.checkpoint.PickleValue.Named;
import io.glip4j.torch.checkpoint.PickleValue.StorageClass;
import java.util.Optional;
import java.util.Set;

/**
 * The only functions and classes a pickle may name. None of them is looked up anywhere: each stands for a few lines of
 * {@link PickleCalls}.
 */
enum PickleGlobal {
    ORDERED_DICT("collections", "OrderedDict"),
    COUNTER("collections", "Counter"),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor"),
    REBUILD_TENSOR_V2("torch._utils", "_rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter"),
    SIZE("torch", "Size"),
    DEVICE("torch", "device"),
    SET("builtins", "set"),
    ENCODE("_codecs", "encode");

    private static final String PYTHON_2_BUILTINS = "__builtin__";
    private static final Set<String> STORAGE_MODULES = Set.of("torch", "torch.cuda");
    /** Names of PyTorch's element types, which may stand as values. */
    private static final Set<String> ELEMENT_TYPES =
            Set.of("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool");

    private final String module;
    private final String function;

    PickleGlobal(String module, String function) {
        this.module = module;
        this.function = function;
    }

    /** What the name stands for, or nothing where it is not allowed. */
    static Optional<PickleValue> lookUp(String module, String name) {
        String modern = module.equals(PYTHON_2_BUILTINS) ? SET.module : module;
        for (PickleGlobal global : values()) {
            if (global.module.equals(modern) && global.function.equals(name)) {
                return Optional.of(new Callable(global));
            }
        }
        if (STORAGE_MODULES.contains(module)) {
            Optional<DType> dtype = DType.ofStorageClass(name);
            if (dtype.isPresent()) {
                return Optional.of(new StorageClass(dtype.get()));
            }
        }
        if (module.equals("torch") && ELEMENT_TYPES.contains(name)) {
            return Optional.of(new Named(name));
        }
        return Optional.empty();
    }
}
