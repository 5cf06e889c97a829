package io.glip4j.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings answers to the form in which VQA v2 compares them; the tables are those of the official evaluation. */
public final class AnswerNormalizer {
    private static final List<String> PUNCTUATION = List.of(
            ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@", "`", ",", "?", "!");
    private static final Pattern COMMA_IN_NUMBER = Pattern.compile("\\d,\\d", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FULL_STOP = Pattern.compile("\\.(?!\\d)", Pattern.UNICODE_CHARACTER_CLASS);
    /** The official code passes a flag of value 32 where the number of replacements goes. */
    private static final int MOST_FULL_STOPS = 32;

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));
    private static final Map<String, String> CONTRACTIONS = contractions();

    private AnswerNormalizer() {}

    /** Both steps, as answers are compared where the annotators disagree. */
    public static String normalize(String answer) {
        return words(punctuation(answer));
    }

    /** Line ends and tabs to blanks, blanks at both ends off: what is compared where all annotators agree. */
    public static String trim(String answer) {
        return PythonText.strip(answer.replace('\n', ' ').replace('\t', ' '));
    }

    /** Takes punctuation out, or puts blanks in its place. */
    public static String punctuation(String answer) {
        boolean number = COMMA_IN_NUMBER.matcher(answer).find();
        String text = answer;
        for (String mark : PUNCTUATION) {
            boolean loose = number || answer.contains(mark + " ") || answer.contains(" " + mark);
            text = text.replace(mark, loose ? "" : " ");
        }
        StringBuilder kept = new StringBuilder();
        Matcher stops = FULL_STOP.matcher(text);
        int from = 0;
        for (int i = 0; i < MOST_FULL_STOPS && stops.find(); i++) {
            kept.append(text, from, stops.start());
            from = stops.end();
        }
        return kept.append(text, from, text.length()).toString();
    }

    /** Lower case, number words as digits, no articles, contractions with their apostrophe. */
    public static String words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : PythonText.words(text.toLowerCase(Locale.ROOT))) {
            String digits = NUMBERS.getOrDefault(word, word);
            if (!ARTICLES.contains(digits)) {
                words.add(CONTRACTIONS.getOrDefault(digits, digits));
            }
        }
        return String.join(" ", words);
    }

    private static Map<String, String> contractions() {
        Properties table = new Properties();
        try (InputStream stream = AnswerNormalizer.class.getResourceAsStream("contractions.properties")) {
            if (stream == null) {
                throw new IllegalStateException("contractions.properties is missing from the jar");
            }
            table.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> contractions = new HashMap<>();
        table.stringPropertyNames().forEach(name -> contractions.put(name, table.getProperty(name)));
        return Map.copyOf(contractions);
    }
}
