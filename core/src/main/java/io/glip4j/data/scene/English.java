package io.glip4j.data.scene;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** English for counting things: articles, numbers and plurals of the names in the table of nouns. */
final class English {
    private static final String OF = " of ";
    private static final String[] NUMBERS = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
    };
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("person", "people"),
            Map.entry("mouse", "mice"),
            Map.entry("goose", "geese"),
            Map.entry("ox", "oxen"),
            Map.entry("wolf", "wolves"),
            Map.entry("calf", "calves"),
            Map.entry("knife", "knives"),
            Map.entry("leaf", "leaves"),
            Map.entry("loaf", "loaves"),
            Map.entry("dice", "dice"),
            Map.entry("aircraft", "aircraft"),
            Map.entry("spacecraft", "spacecraft"),
            Map.entry("human", "humans"),
            Map.entry("child", "children"),
            Map.entry("foot", "feet"),
            Map.entry("tooth", "teeth"),
            Map.entry("potato", "potatoes"),
            Map.entry("tomato", "tomatoes"),
            Map.entry("volcano", "volcanoes"),
            Map.entry("tornado", "tornadoes"),
            Map.entry("mosquito", "mosquitoes"),
            Map.entry("mango", "mangoes"),
            Map.entry("box", "boxes"));
    private static final Set<String> UNCHANGED = Set.of("sheep", "deer", "bison", "squid", "shrimp", "moose", "elk");
    private static final Set<String> SOUNDED_LIKE_YOU = Set.of("uni", "ufo", "use", "eur", "one");

    private English() {}

    /** With "a" or "an". */
    static String article(String phrase) {
        String start = phrase.toLowerCase(Locale.ROOT);
        boolean vowel = "aeiou".indexOf(start.charAt(0)) >= 0 || start.startsWith("hour");
        boolean like = SOUNDED_LIKE_YOU.contains(start.substring(0, Math.min(3, start.length())));
        return (vowel && !like ? "an " : "a ") + phrase;
    }

    /** A count in words up to ten, then in digits. */
    static String number(int count) {
        return count < NUMBERS.length ? NUMBERS[count] : Integer.toString(count);
    }

    /** Of "red car", "loaf of bread", "mouse": the head is what is counted. */
    static String plural(String name) {
        int of = name.indexOf(OF);
        String head = of < 0 ? name : name.substring(0, of);
        int last = Math.max(head.lastIndexOf(' '), head.lastIndexOf('-')) + 1;
        return head.substring(0, last) + pluralWord(head.substring(last)) + name.substring(head.length());
    }

    private static String pluralWord(String noun) {
        String irregular = IRREGULAR.get(noun);
        if (irregular != null) {
            return irregular;
        }
        if (UNCHANGED.contains(noun) || noun.endsWith("fish")) {
            return noun;
        }
        if (noun.endsWith("man")) {
            return noun.substring(0, noun.length() - 2) + "en";
        }
        if (noun.matches(".*(s|x|ch|sh|z)")) {
            return noun + "es";
        }
        return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }
}
