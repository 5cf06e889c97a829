package io.glip4j.torch.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pickle machine's stack with its marks, and its memory of values to be used again. */
final class PickleStack {
    private final BadFile errors;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    PickleStack(BadFile errors) {
        this.errors = errors;
    }

    void push(PickleValue value) {
        values.add(value);
    }

    PickleValue top() {
        require(1);
        return values.get(values.size() - 1);
    }

    PickleValue pop() {
        require(1);
        return values.remove(values.size() - 1);
    }

    /** The last {@code count} values, the deepest first. */
    List<PickleValue> pop(int count) {
        require(count);
        return take(values.size() - count);
    }

    void mark() {
        marks.add(values.size());
    }

    /** Everything above the last mark, the deepest first; the mark goes too. */
    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw errors.malformed("its pickle lacks a mark");
        }
        return take(marks.remove(marks.size() - 1));
    }

    /** Remembers the top value, which stays. */
    void store(long index) {
        memo.put(index, top());
    }

    void storeNext() {
        store(memo.size());
    }

    PickleValue stored(long index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw errors.malformed("its pickle refers to entry " + index + ", which was never stored");
        }
        return value;
    }

    private List<PickleValue> take(int from) {
        List<PickleValue> tail = values.subList(from, values.size());
        List<PickleValue> taken = List.copyOf(tail);
        tail.clear();
        return taken;
    }

    /** Nothing below the last mark may be touched. */
    private void require(int count) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() - floor < count) {
            throw errors.malformed("its pickle takes more from the stack than there is");
        }
    }
}
