package io.glip4j.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Other words for class names ("puppy" for "dog"), one of which stands in the name's place in every other prompt, so that
 * a network learns what a class is called besides its name. Where several names have a word ("animal"), a prompt with it
 * would call wrong what it says of the others: take them {@link #unshared}.
 */
public record OtherWords(Map<String, List<String>> byName) {
    /** Every class keeps its name. */
    public static final OtherWords NONE = new OtherWords(Map.of());

    private static final double SHARE = 0.5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, List<String>>> LISTS = new TypeReference<>() {};

    public OtherWords {
        byName = Map.copyOf(byName);
        byName.forEach((name, words) -> {
            if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted other words for '" + name + "', got " + words + "; give some or leave the name out");
            }
        });
    }

    /** Reads {@code {"dog": ["puppy", "hound"], ...}}. */
    public static OtherWords read(Path json) {
        try {
            return new OtherWords(JSON.readValue(Files.readAllBytes(json), LISTS));
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    json + ": wanted {\"name\": [\"other word\", ...], ...}, got " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "cannot read the other words in " + json, e);
        }
    }

    /** Without the words that several names have. */
    public OtherWords unshared() {
        Map<String, Long> names = byName.values().stream()
                .flatMap(words -> words.stream().distinct())
                .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        Map<String, List<String>> own = new TreeMap<>();
        byName.forEach((name, words) -> {
            List<String> kept = words.stream()
                    .filter(word -> names.getOrDefault(word, 0L) == 1)
                    .toList();
            if (!kept.isEmpty()) {
                own.put(name, kept);
            }
        });
        return new OtherWords(own);
    }

    /** The same classes, some under other words; no two under the same. */
    ClassNames drawn(ClassNames names, SplittableRandom random) {
        if (byName.isEmpty()) {
            return names;
        }
        Set<String> taken = new HashSet<>(names.vocabulary());
        List<String> vocabulary = new ArrayList<>();
        for (String name : names.vocabulary()) {
            List<String> others = byName.getOrDefault(name, List.of());
            String word =
                    others.isEmpty() || random.nextDouble() >= SHARE ? name : others.get(random.nextInt(others.size()));
            vocabulary.add(taken.add(word) ? word : name);
        }
        return new ClassNames(vocabulary, names.labels(), names.absent());
    }
}
