package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.PickleValue.Bytes;
import io.glip4j.torch.checkpoint.PickleValue.Constant;
import io.glip4j.torch.checkpoint.PickleValue.Dict;
import io.glip4j.torch.checkpoint.PickleValue.Named;
import io.glip4j.torch.checkpoint.PickleValue.Real;
import io.glip4j.torch.checkpoint.PickleValue.Sequence;
import io.glip4j.torch.checkpoint.PickleValue.Storage;
import io.glip4j.torch.checkpoint.PickleValue.StorageClass;
import io.glip4j.torch.checkpoint.PickleValue.Text;
import io.glip4j.torch.checkpoint.PickleValue.Tuple;
import io.glip4j.torch.checkpoint.PickleValue.View;
import io.glip4j.torch.checkpoint.PickleValue.Whole;
import java.util.List;

/** What the allowed functions of a pickle come to: containers, and views of storages. */
final class PickleCalls {
    private static final String STORAGE = "storage";
    private static final int STORAGE_ID_ITEMS = 5;
    /** The legacy format adds a sixth: the piece of another storage that this one is. */
    private static final int LEGACY_STORAGE_ID_ITEMS = 6;

    private final BadFile errors;

    PickleCalls(BadFile errors) {
        this.errors = errors;
    }

    PickleValue call(PickleGlobal global, Tuple arguments) {
        List<PickleValue> items = arguments.items();
        return switch (global) {
            case ORDERED_DICT -> orderedDict(items);
            case COUNTER -> items.isEmpty() ? new Dict() : as(Dict.class, items, 0, global);
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> view(items, global);
            case REBUILD_PARAMETER -> as(View.class, items, 0, global);
            case SIZE -> as(Tuple.class, items, 0, global);
            case DEVICE -> new Named("device");
            case SET -> items.isEmpty() ? new Sequence() : as(Sequence.class, items, 0, global);
            case ENCODE -> new Bytes(as(Text.class, items, 0, global).value().length());
        };
    }

    /** A key of a dict: text, a number or a constant, which all compare by value. */
    void put(Dict dict, PickleValue key, PickleValue value) {
        boolean plain = key instanceof Text || key instanceof Whole || key instanceof Real || key instanceof Constant;
        if (!plain) {
            throw errors.malformed("a key of a dict is a " + kind(key) + "; wanted text or a number");
        }
        if (dict.items().put(key, value) != null) {
            throw errors.malformed("a dict has the key " + (key instanceof Text text ? text.value() : key) + " twice");
        }
    }

    /** Resolves ("storage", class, key, device, elements), in the legacy format with a view (key, start, elements). */
    Storage storage(PickleValue id) {
        if (!(id instanceof Tuple tuple)
                || (tuple.items().size() != STORAGE_ID_ITEMS && tuple.items().size() != LEGACY_STORAGE_ID_ITEMS)
                || !tuple.items().get(0).equals(new Text(STORAGE))
                || !(tuple.items().get(1) instanceof StorageClass type)
                || !(tuple.items().get(2) instanceof Text key)) {
            throw errors.malformed("its pickle refers to something outside that is no storage");
        }
        long count = number(tuple.items().get(4), "a storage's length");
        boolean piece =
                tuple.items().size() == LEGACY_STORAGE_ID_ITEMS && tuple.items().get(5) instanceof Tuple;
        long start = piece ? number(((Tuple) tuple.items().get(5)).items(), 1, "a storage's start") : 0;
        return new Storage(type.dtype(), key.value(), start, count);
    }

    private PickleValue orderedDict(List<PickleValue> items) {
        Dict dict = new Dict();
        if (!items.isEmpty()) {
            for (PickleValue item :
                    as(Sequence.class, items, 0, PickleGlobal.ORDERED_DICT).items()) {
                List<PickleValue> pair = item instanceof Sequence list
                        ? list.items()
                        : item instanceof Tuple tuple ? tuple.items() : List.of();
                if (pair.size() != 2) {
                    throw errors.malformed("an OrderedDict is made of something other than pairs");
                }
                put(dict, pair.get(0), pair.get(1));
            }
        }
        return dict;
    }

    private View view(List<PickleValue> items, PickleGlobal global) {
        Storage storage = as(Storage.class, items, 0, global);
        long offset = number(items, 1, "a tensor's offset");
        List<Long> shape = numbers(as(Tuple.class, items, 2, global));
        List<Long> strides = numbers(as(Tuple.class, items, 3, global));
        if (shape.size() != strides.size()) {
            throw errors.malformed("a tensor has " + shape.size() + " sizes and " + strides.size() + " strides");
        }
        return new View(storage, offset, shape, strides);
    }

    private <T extends PickleValue> T as(Class<T> type, List<PickleValue> items, int index, PickleGlobal global) {
        if (index >= items.size() || !type.isInstance(items.get(index))) {
            throw errors.malformed("wanted a " + type.getSimpleName() + " as argument " + (index + 1) + " of " + global
                    + ", got " + (index >= items.size() ? "nothing" : kind(items.get(index))));
        }
        return type.cast(items.get(index));
    }

    private List<Long> numbers(Tuple tuple) {
        return tuple.items().stream()
                .map(item -> number(item, "a tensor's size or stride"))
                .toList();
    }

    private long number(List<PickleValue> items, int index, String what) {
        return number(index < items.size() ? items.get(index) : Constant.NONE, what);
    }

    /** Sizes, strides, offsets and lengths are never negative. */
    private long number(PickleValue value, String what) {
        if (!(value instanceof Whole whole)
                || whole.value().signum() < 0
                || whole.value().bitLength() >= Long.SIZE) {
            throw errors.malformed(what + " is not a number of 0 or more");
        }
        return whole.value().longValue();
    }

    private static String kind(PickleValue value) {
        return value.getClass().getSimpleName();
    }
}
