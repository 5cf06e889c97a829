package io.glip4j.data.scene;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Icon sets to draw scenes with: folders of unpacked npm packages such as {@code @iconify-json/noto}, one a style. The
 * same thing in several styles is found by its Unicode code point, or by its name where a set after the first does not
 * tell code points. Nothing is loaded but these folders' files.
 */
public final class Artwork {
    private static final int MOST_PROBLEMS = 1000;

    private final Map<Noun, Map<String, List<Icon>>> icons = new LinkedHashMap<>();
    private final List<Noun> nouns = NounTable.read();
    private final Set<String> styles = new LinkedHashSet<>();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    private Artwork() {}

    /** Reads what scenes can show of these sets. Icons that must not or cannot be read are {@link #problems()}. */
    public static Artwork read(List<Path> folders) {
        if (folders.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "scenes: wanted folders of icon sets, got none; unpack npm packages such as @iconify-json/noto and"
                            + " name their folders");
        }
        Artwork artwork = new Artwork();
        Set<String> codes = artwork.nouns.stream()
                .flatMap(noun -> noun.icons().stream().map(Noun.IconCode::code))
                .collect(Collectors.toSet());
        Map<String, String> codeOfName = new HashMap<>();
        folders.forEach(folder -> artwork.add(IconSetReader.read(folder, codes, codeOfName, artwork::report)));
        return artwork;
    }

    private void add(Map<String, List<Icon>> set) {
        for (Noun noun : nouns) {
            for (Noun.IconCode code : noun.icons()) {
                for (Icon icon : set.getOrDefault(code.code(), List.of())) {
                    styles.add(icon.style());
                    if (code.in(icon.style())) {
                        icons.computeIfAbsent(noun, key -> new TreeMap<>())
                                .computeIfAbsent(icon.style(), key -> new ArrayList<>())
                                .add(icon);
                    }
                }
            }
        }
    }

    /** Names of the icon sets: what {@link SceneConfig} can hold out. */
    public Set<String> styles() {
        return Collections.unmodifiableSet(styles);
    }

    /** What was left out and why, the first thousand; grows where photographs to draw on cannot be read. */
    public List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    void report(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    /** All that scenes have words for. */
    List<Noun> nouns() {
        return nouns;
    }

    /** For each noun that has icons, these by style. */
    Map<Noun, Map<String, List<Icon>>> icons() {
        return icons;
    }
}
