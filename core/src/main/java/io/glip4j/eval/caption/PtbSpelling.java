package io.glip4j.eval.caption;

/** How the Penn Treebank writes what is not plain ASCII. */
final class PtbSpelling {
    private static final char SOFT_HYPHEN = '\u00AD';
    private static final char HARD_BLANK = '\u00A0';

    private PtbSpelling() {}

    static String withoutSoftHyphens(String token) {
        if (token.indexOf(SOFT_HYPHEN) < 0) {
            return token;
        }
        String rest = token.replace(String.valueOf(SOFT_HYPHEN), "");
        return rest.isEmpty() ? "-" : rest;
    }

    static String hardBlanks(String token) {
        return token.replace(' ', HARD_BLANK);
    }

    static String ampersand(String token) {
        return token.replaceAll("(?i:&amp;)", "&");
    }

    static String fraction(String token) {
        return switch (token.charAt(0)) {
            case '\u00BC' -> "1/4";
            case '\u00BD' -> "1/2";
            case '\u00BE' -> "3/4";
            case '\u2153' -> "1/3";
            case '\u2154' -> "2/3";
            default -> token;
        };
    }

    static String currency(String token) {
        return switch (token.charAt(0)) {
            case '\u00A2' -> "cents";
            case '\u00A3' -> "#";
            case '\u0080', '\u00A4', '\u20A0', '\u20AC' -> "$";
            default -> token;
        };
    }

    static String phone(String token) {
        return brackets(hardBlanks(token));
    }

    static String brackets(String token) {
        return token.replace("(", "-LRB-").replace(")", "-RRB-");
    }

    static String bracket(String token) {
        return switch (token) {
            case "{" -> "-LCB-";
            case "}" -> "-RCB-";
            case "[" -> "-LSB-";
            case "]" -> "-RSB-";
            default -> brackets(token);
        };
    }

    /** Three or four hyphens are a dash; other numbers stay. */
    static String dashes(String token) {
        return token.length() == 3 || token.length() == 4 ? "--" : token;
    }

    static String openingQuotes(String token) {
        return quotes(token.replaceAll("(?i:&apos;)|'", "`").replaceAll("(?i:&quot;)|\"", "``"));
    }

    static String closingQuotes(String token) {
        return quotes(token.replaceAll("(?i:&apos;)", "'").replaceAll("(?i:&quot;)|\"", "''"));
    }

    private static String quotes(String token) {
        StringBuilder written = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            switch (c) {
                case '\u0091', '\u2018', '\u201B', '\u2039' -> written.append('`');
                case '\u0092', '\u2019', '\u203A' -> written.append('\'');
                case '\u0093', '\u201C', '\u00AB' -> written.append("``");
                case '\u0094', '\u201D', '\u00BB' -> written.append("''");
                default -> written.append(c);
            }
        }
        return written.toString();
    }
}
