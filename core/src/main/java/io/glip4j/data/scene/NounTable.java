package io.glip4j.data.scene;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The nouns of scenes, from {@code nouns.tsv}: name, code points of its icons, other words, wider words, doubtful words,
 * tabs between them. A line in brackets gives wider and, after "|", doubtful words of all nouns below it. "*" before a
 * name: common; "+" after it: a pair; "@style" after code points: only in these icon sets.
 */
final class NounTable {
    private static final String RESOURCE = "nouns.tsv";
    private static final int ICONS = 1;
    private static final int OTHERS = 2;
    private static final int KINDS = 3;
    private static final int DOUBTFUL = 4;

    private NounTable() {}

    /** In the order of the table. */
    static List<Noun> read() {
        try (InputStream stream = NounTable.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new GlipException(ErrorCode.INTERNAL, "wanted " + RESOURCE + " in glip4j's jar, found none");
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new GlipException(ErrorCode.INTERNAL, RESOURCE + ": wanted to read it, got " + e, e);
        }
    }

    private static List<Noun> read(BufferedReader lines) throws IOException {
        List<Noun> nouns = new ArrayList<>();
        String[] section = {};
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1).split("\\|", -1);
            } else if (!line.isBlank()) {
                nouns.add(noun(line.split("\t", -1), section));
            }
        }
        return nouns;
    }

    private static Noun noun(String[] columns, String[] section) {
        boolean common = columns[0].startsWith("*");
        boolean pair = columns[0].endsWith("+");
        String name = columns[0].substring(common ? 1 : 0, columns[0].length() - (pair ? 1 : 0));
        List<String> kinds = joined(name, column(columns, KINDS), column(section, 0));
        List<String> doubtful = joined(name, column(columns, DOUBTFUL), column(section, 1));
        List<Noun.IconCode> icons =
                list(columns[ICONS], " ").stream().map(NounTable::code).toList();
        return new Noun(name, common, pair, list(column(columns, OTHERS), ","), kinds, doubtful, icons);
    }

    private static Noun.IconCode code(String text) {
        String[] parts = text.split("@", -1);
        return new Noun.IconCode(parts[0], Set.of(Arrays.copyOfRange(parts, 1, parts.length)));
    }

    private static String column(String[] columns, int number) {
        return number < columns.length ? columns[number] : "";
    }

    private static List<String> joined(String name, String own, String section) {
        return Stream.concat(list(own, ",").stream(), list(section, ",").stream())
                .filter(Predicate.not(name::equals))
                .distinct()
                .toList();
    }

    private static List<String> list(String text, String separator) {
        return Stream.of(text.split(separator))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }
}
