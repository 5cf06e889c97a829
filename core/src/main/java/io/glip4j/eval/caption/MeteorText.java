package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/** METEOR's own splitting of English text in lower case, which it applies to tokens once more. */
final class MeteorText {
    private static final String LETTERS = "A-Za-z\u0160\u017D\u0161\u017E\u0178\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u017E"
            + "\u0400-\u04FF\u0500-\u0527\uA640-\uA66E\uA67E-\uA697\u1D00-\u1D7F";
    private static final String LETTERS_DIGITS = "0-9" + LETTERS;
    /** Stands for a dot among several, so that it is not taken for a full stop. */
    private static final String KEPT_DOT = "\uE000";

    /** Abbreviations that keep their dot. */
    private static final Set<String> KEEP_DOT = Set.of("v", "vs", "i.e", "rev", "e.g");
    /** Abbreviations that keep their dot before a number. */
    private static final Set<String> KEEP_DOT_BEFORE_NUMBER = Set.of("pp");

    private record Step(Pattern pattern, String replacement) {
        static Step of(String pattern, String replacement) {
            return new Step(Pattern.compile(pattern), replacement);
        }
    }

    private static final Pattern DOTS = Pattern.compile("\\.{2,}");
    private static final List<Step> BEFORE_DOTS =
            List.of(Step.of("([^" + LETTERS_DIGITS + "\\s.'`,\\-\u2018\u2019])", " $1 "));
    private static final List<Step> AFTER_DOTS = List.of(
            Step.of("([^0-9]),([^0-9])", "$1 , $2"),
            Step.of("([0-9]),([^0-9])", "$1 , $2"),
            Step.of("([^0-9]),([0-9])", "$1 , $2"),
            Step.of("[`\u2018\u2019]", "'"),
            Step.of("[\u201C\u201D]|''", " \" "),
            Step.of("\u2013", "-"),
            Step.of("--", "-"),
            Step.of("([" + LETTERS_DIGITS + ".])-([" + LETTERS_DIGITS + "])", "$1 $2"),
            Step.of("([^" + LETTERS + "])'([^" + LETTERS + "])", "$1 ' $2"),
            Step.of("([^" + LETTERS_DIGITS + "])'([" + LETTERS + "])", "$1 ' $2"),
            Step.of("([" + LETTERS + "])'([^" + LETTERS + "])", "$1 ' $2"),
            Step.of("([" + LETTERS + "])'([" + LETTERS + "])", "$1 '$2"),
            Step.of("([0-9])'(s)", "$1 '$2"));
    private static final Pattern LETTER = Pattern.compile("[" + LETTERS + "]");
    private static final Pattern BLANKS = Pattern.compile("[ \u2000-\u200A\u202F\u205F\u3000\u00A0]+");

    private MeteorText() {}

    /** The words that METEOR compares. */
    static List<String> words(String text) {
        String line = apply(BEFORE_DOTS, " " + text + " ");
        line = DOTS.matcher(line)
                .replaceAll(dots -> " " + KEPT_DOT.repeat(dots.group().length()) + " ");
        List<String> words = split(apply(AFTER_DOTS, line));
        StringBuilder rebuilt = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            rebuilt.append(fullStop(words.get(i), next)).append(' ');
        }
        String joined = rebuilt.toString().replace(KEPT_DOT, ".");
        return split(BLANKS.matcher(joined).replaceAll(" ").toLowerCase(Locale.ROOT));
    }

    private static String apply(List<Step> steps, String text) {
        String line = text;
        for (Step step : steps) {
            line = step.pattern.matcher(line).replaceAll(step.replacement);
        }
        return line;
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(text);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    /** Cuts a full stop off, unless it belongs to the word; dots inside a word go. */
    private static String fullStop(String word, String next) {
        if (word.length() < 2 || !word.endsWith(".")) {
            return word;
        }
        String stem = word.substring(0, word.length() - 1);
        if (stem.contains(".") && LETTER.matcher(stem).find()) {
            return word.replace(".", "");
        }
        boolean lowerNext = !next.isEmpty() && next.charAt(0) >= 'a' && next.charAt(0) <= 'z';
        boolean digitNext = !next.isEmpty() && next.charAt(0) >= '0' && next.charAt(0) <= '9';
        boolean keep = KEEP_DOT.contains(stem) || lowerNext || (KEEP_DOT_BEFORE_NUMBER.contains(stem) && digitNext);
        return keep ? word : stem + " .";
    }
}
