package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ClassNameCleaner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The classes of a detection data set, numbered from 0; categories whose names are the same words are one class.
 * Reading is safe from many threads once all are added.
 */
public final class ClassNumbers {
    private static final int LISTED = 5;

    private final Map<String, Integer> numberOfWords = new LinkedHashMap<>();
    private final Map<Object, Integer> numberOfKey = new HashMap<>();
    private final List<Object> keys = new ArrayList<>();
    private volatile List<String> vocabulary = List.of();

    /**
     * Adds a category.
     *
     * @param key what annotations call it
     * @throws GlipException {@code BAD_ANNOTATIONS} if its key was there or its name has no words
     */
    public void add(Object key, String name) {
        String words;
        try {
            words = ClassNameCleaner.clean(name);
        } catch (GlipException e) {
            throw new GlipException(ErrorCode.BAD_ANNOTATIONS, String.valueOf(e.getMessage()), e);
        }
        if (numberOfKey.containsKey(key)) {
            throw new GlipException(ErrorCode.BAD_ANNOTATIONS, "wanted each category id once, got " + key + " twice");
        }
        numberOfKey.put(key, numberOfWords.computeIfAbsent(words, unseen -> numberOfWords.size()));
        keys.add(key);
    }

    /** The class of a category whose name is its key; a new one is added. */
    public int findOrAdd(String name) {
        if (!numberOfKey.containsKey(name)) {
            add(name, name);
        }
        return get(name);
    }

    /** The class of a category. */
    public OptionalInt find(Object key) {
        Integer number = numberOfKey.get(key);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * The class of a category that must be there.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS}
     */
    public int get(Object key) {
        return find(key)
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ANNOTATIONS, "wanted a category of " + describe() + ", got category_id " + key));
    }

    private String describe() {
        String first = String.join(
                ", ", keys.stream().limit(LISTED).map(String::valueOf).toList());
        return keys.size() > LISTED
                ? "the " + keys.size() + " listed (" + first + ", ...)"
                : "those listed (" + first + ")";
    }

    /** The words of each class. */
    public List<String> vocabulary() {
        if (vocabulary.size() != numberOfWords.size()) {
            vocabulary = List.copyOf(numberOfWords.keySet());
        }
        return vocabulary;
    }
}
