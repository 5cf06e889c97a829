package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.PickleValue.Constant;
import io.glip4j.torch.checkpoint.PickleValue.Dict;
import io.glip4j.torch.checkpoint.PickleValue.Real;
import io.glip4j.torch.checkpoint.PickleValue.Storage;
import io.glip4j.torch.checkpoint.PickleValue.Text;
import io.glip4j.torch.checkpoint.PickleValue.View;
import io.glip4j.torch.checkpoint.PickleValue.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code .pth} file's state dict: the dict under {@code model} (or {@code state_dict}) or the outermost one, whatever
 * container format held it. Optimizer state and the like beside it are left alone; plain values become metadata.
 */
final class TorchFile {
    private static final List<String> MODEL_KEYS = List.of("model", "state_dict");
    /** Elements an expanded view (stride 0) may have beyond those of its storage. */
    private static final long MAX_EXPANDED = 1 << 24;

    /**
     * Memory of a storage in the file.
     *
     * @param start byte in the file
     * @param size in bytes
     */
    record Region(long start, long size) {}

    /** Finds storages by their keys. */
    @FunctionalInterface
    interface Storages {
        Optional<Region> find(Storage storage);
    }

    private final FileContent file;
    private final BadFile errors;
    private final Storages storages;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private TorchFile(FileContent file, Storages storages) {
        this.file = file;
        this.errors = file.errors();
        this.storages = storages;
    }

    static StateDict read(FileContent file, PickleValue root, Storages storages) {
        TorchFile torch = new TorchFile(file, storages);
        if (!(root instanceof Dict outer)) {
            throw torch.errors.unsupported("wanted a state dict, or a dict with one under 'model', got a "
                    + root.getClass().getSimpleName());
        }
        Dict model = MODEL_KEYS.stream()
                .map(key -> outer.items().get(new Text(key)))
                .filter(Dict.class::isInstance)
                .map(Dict.class::cast)
                .findFirst()
                .orElse(outer);
        torch.takeMetadata(outer);
        torch.takeTensors(model);
        if (torch.tensors.isEmpty()) {
            throw torch.errors.unsupported("it holds no tensors, neither under 'model' nor at its top");
        }
        return new FileStateDict(file, torch.tensors, torch.metadata);
    }

    private void takeMetadata(Dict outer) {
        outer.items().forEach((key, value) -> {
            if (key instanceof Text name) {
                plain(value).ifPresent(text -> metadata.put(name.value(), text));
            }
        });
    }

    private static Optional<String> plain(PickleValue value) {
        if (value instanceof Text text) {
            return Optional.of(text.value());
        }
        if (value instanceof Whole whole) {
            return Optional.of(
                    whole.value().bitLength() < Long.SIZE ? whole.value().toString() : "large");
        }
        if (value instanceof Real real) {
            return Optional.of(Double.toString(real.value()));
        }
        if (value == Constant.TRUE || value == Constant.FALSE) {
            return Optional.of(value == Constant.TRUE ? "true" : "false");
        }
        return Optional.empty();
    }

    private void takeTensors(Dict model) {
        model.items().forEach((key, value) -> {
            if (value instanceof View view) {
                if (!(key instanceof Text name)) {
                    throw errors.malformed("a tensor's name is no text");
                }
                tensors.put(name.value(), locate(name.value(), view));
            }
        });
    }

    private StoredTensor locate(String name, View view) {
        Storage storage = view.storage();
        TensorInfo info = TensorInfo.checked(errors, name, storage.dtype(), view.shape());
        Region region = storages.find(storage)
                .orElseThrow(() ->
                        errors.malformed("the data of '" + name + "' (storage '" + storage.key() + "') is missing"));
        int width = storage.dtype().bytes();
        try {
            long span = span(view, info.count());
            long storageEnd = Math.multiplyExact(Math.addExact(storage.start(), storage.count()), width);
            long viewEnd = Math.addExact(view.offset(), span);
            if (storageEnd > region.size() || viewEnd > storage.count()) {
                throw errors.malformed("'" + name + "' (" + info + ") wants elements up to " + viewEnd
                        + " of a storage that has " + Math.min(storage.count(), region.size() / width));
            }
            if (info.count() > Math.addExact(span, MAX_EXPANDED)) {
                throw errors.unsupported("'" + name + "' (" + info + ") repeats " + span
                        + " elements; glip4j expands by at most " + MAX_EXPANDED);
            }
            long start = region.start() + (storage.start() + view.offset()) * width;
            file.check(start, span * width);
            return new StoredTensor(info, view.strides(), start, span);
        } catch (ArithmeticException e) {
            throw errors.malformed("'" + name + "' has strides or offsets beyond any memory", e);
        }
    }

    /** Elements from the first to the last in memory. */
    private static long span(View view, long count) {
        if (count == 0) {
            return 0;
        }
        long last = 0;
        for (int axis = 0; axis < view.shape().size(); axis++) {
            last = Math.addExact(
                    last,
                    Math.multiplyExact(
                            view.shape().get(axis) - 1, view.strides().get(axis)));
        }
        return Math.addExact(last, 1);
    }
}
