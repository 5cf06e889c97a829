package io.glip4j.torch.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checkpoint's pickle may hold: data, and nothing that acts. Lists and dicts compare by identity. */
sealed interface PickleValue {
    /** None, True and False. */
    enum Constant implements PickleValue {
        NONE,
        TRUE,
        FALSE
    }

    record Text(String value) implements PickleValue {}

    record Whole(BigInteger value) implements PickleValue {
        static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    record Real(double value) implements PickleValue {}

    /** Bytes are never looked at, only carried over. */
    record Bytes(int length) implements PickleValue {}

    /** A device or a type: named and otherwise ignored. */
    record Named(String name) implements PickleValue {}

    /** A tuple; its length is fixed. */
    record Tuple(List<PickleValue> items) implements PickleValue {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /** A list or set, filled after it was made. */
    final class Sequence implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>();

        List<PickleValue> items() {
            return items;
        }
    }

    /** A dict in the order of insertion; its keys are text, numbers and constants. */
    final class Dict implements PickleValue {
        private final Map<PickleValue, PickleValue> items = new LinkedHashMap<>();

        Map<PickleValue, PickleValue> items() {
            return items;
        }
    }

    /**
     * Memory that tensors view.
     *
     * @param start first element of this storage within that of {@code key}
     * @param count elements
     */
    record Storage(DType dtype, String key, long start, long count) implements PickleValue {}

    /** A view of a storage; offset and strides in elements. */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {
        public View {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }

    /** The class of a storage, which says the type of its elements. */
    record StorageClass(DType dtype) implements PickleValue {}

    /** One of the functions and classes that a pickle may call. */
    record Callable(PickleGlobal global) implements PickleValue {}
}
