package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Cuts captions into Penn Treebank tokens in lower case, as the official caption metrics do before anything else.
 *
 * <p>Captions are cut together, since the rules look ahead over line ends. Line ends inside a caption count as blanks
 * (the official tool takes a carriage return for the end of the caption and shifts all that follow).
 */
public final class PtbTokenizer {
    private static final Set<String> PUNCTUATION = Set.of(
            "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-", "--", "...", ";");
    private static final Set<String> SPLIT_WORDS = Set.of("cannot", "gonna", "gotta", "lemme", "gimme", "wanna");

    private PtbTokenizer() {}

    /** Tokens of each caption between single blanks, without punctuation. */
    public static List<String> tokenize(List<String> captions) {
        return cut(captions).stream().map(PtbTokenizer::withoutPunctuation).toList();
    }

    private static String withoutPunctuation(List<String> tokens) {
        return String.join(
                " ",
                tokens.stream().filter(token -> !PUNCTUATION.contains(token)).toList());
    }

    /** All tokens of each caption. */
    static List<List<String>> cut(List<String> captions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < captions.size(); i++) {
            text.append(i == 0 ? "" : "\n")
                    .append(captions.get(i).replaceAll("[\\n\\r\\u000B\\f\\u0085\\u2028\\u2029]", " "));
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        List<Matcher> matchers =
                PtbRules.ALL.stream().map(rule -> rule.pattern().matcher(text)).toList();
        int at = 0;
        while (at < text.length()) {
            int plain = plainWordEnd(text, at);
            if (plain > at) {
                line.add(lower(text.substring(at, plain)));
                at = plain;
                continue;
            }
            int rule = longest(matchers, at, text.length());
            if (rule < 0) {
                at++;
                continue;
            }
            int begin = at;
            at = read(PtbRules.ALL.get(rule), matchers.get(rule).group(1), at, line);
            if (PtbRules.ALL.get(rule).kind() == PtbRules.Kind.LINE_END && at > begin) {
                lines.add(List.copyOf(line));
                line.clear();
            }
        }
        lines.add(List.copyOf(line));
        return lines.subList(0, captions.size());
    }

    /** End of a word of plain letters before a blank or line end, to which no rule has anything to add; else at. */
    private static int plainWordEnd(CharSequence text, int at) {
        int end = at;
        while (end < text.length() && isPlainLetter(text.charAt(end))) {
            end++;
        }
        boolean alone = end > at && end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\n');
        return alone && !SPLIT_WORDS.contains(lower(text.subSequence(at, end).toString())) ? end : at;
    }

    private static boolean isPlainLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** The rule that reads furthest, or -1. */
    private static int longest(List<Matcher> matchers, int at, int length) {
        int best = -1;
        int furthest = at;
        for (int i = 0; i < matchers.size(); i++) {
            Matcher matcher = matchers.get(i).region(at, length);
            if (matcher.lookingAt() && matcher.end() > furthest) {
                furthest = matcher.end();
                best = i;
            }
        }
        return best;
    }

    /** Adds the token of a rule and returns where to go on. */
    private static int read(PtbRules.Rule rule, String found, int at, List<String> line) {
        if (rule.kind() != PtbRules.Kind.TOKEN) {
            return at + found.length();
        }
        boolean keepsStop = rule.repeatStop() && found.length() > 2;
        String token = keepsStop ? found : found.substring(0, found.length() - rule.giveBack());
        line.add(lower(rule.spelling().apply(token)));
        return at + found.length() - rule.giveBack();
    }

    private static String lower(String token) {
        return token.toLowerCase(Locale.ROOT);
    }
}
