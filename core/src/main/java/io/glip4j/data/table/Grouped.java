package io.glip4j.data.table;

import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Numbers by the group they belong to, in the order they were added; compact. */
public final class Grouped {
    private final int[] first;
    private final int[] values;

    private Grouped(int[] first, int[] values) {
        this.first = first;
        this.values = values;
    }

    /** The numbers of a group. */
    public IntStream of(int group) {
        return IntStream.range(first[group], first[group + 1]).map(at -> values[at]);
    }

    /** How many numbers a group has. */
    public int count(int group) {
        return first[group + 1] - first[group];
    }

    /** Takes numbers in any order of groups. */
    public static final class Builder {
        private final Ints groups = new Ints();
        private final Ints values = new Ints();

        public void add(int group, int value) {
            groups.add(group);
            values.add(value);
        }

        /** Replaces every number by another, or takes it out where there is none. */
        public void replaceAll(IntFunction<OptionalInt> other) {
            int[] oldGroups = groups.toArray();
            int[] oldValues = values.toArray();
            groups.clear();
            values.clear();
            for (int i = 0; i < oldValues.length; i++) {
                int group = oldGroups[i];
                other.apply(oldValues[i]).ifPresent(value -> add(group, value));
            }
        }

        /** All numbers by group 0 to {@code count - 1}: a counting sort. */
        public Grouped build(int count) {
            int[] first = new int[count + 1];
            for (int i = 0; i < groups.size(); i++) {
                first[groups.get(i) + 1]++;
            }
            for (int group = 0; group < count; group++) {
                first[group + 1] += first[group];
            }
            int[] next = first.clone();
            int[] sorted = new int[values.size()];
            for (int i = 0; i < values.size(); i++) {
                sorted[next[groups.get(i)]++] = values.get(i);
            }
            return new Grouped(first, sorted);
        }
    }
}
