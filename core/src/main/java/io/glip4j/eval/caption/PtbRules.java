package io.glip4j.eval.caption;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What counts as a token in Penn Treebank style, as the tokenizer behind the official caption metrics (Stanford's, of
 * 2014) has it. Of all rules the one that reads furthest wins, what it looks ahead at included; of two as far the
 * first. Words are taken without regard to case, letters in brackets exactly.
 */
final class PtbRules {
    private static final String SPACE = "[ \\t\\u00A0\\u2000-\\u200A\\u3000]";
    private static final String LINE_END = "(?:\\r?\\n|[\\r\\u2028\\u2029\\u000B\\u000C\\u0085])";
    private static final String BLANK = "(?:" + SPACE + "|" + LINE_END + ")";
    private static final String PLAIN_LETTER = "[\\p{L}&&[\\u0000-\\uFFFF]]";
    private static final String ENTITY_LETTER = "(?i:&[aeiou](?:acute|grave|uml);)";
    private static final String LETTER =
            "(?:[[\\p{L}\\p{M}]&&[\\u0000-\\uFFFF]]|[\\u00AD\\u02C2-\\u02C5\\u02D2-\\u02DF\\u02E5-\\u02FF\\u0375"
                    + "\\u0384\\u0385\\u03F6\\u055A-\\u055F\\u06DD\\u06DE\\u06E9\\u06FD\\u06FE\\u070F]|"
                    + ENTITY_LETTER + ")";
    private static final String DIGIT = "[\\p{Nd}&&[\\u0000-\\uFFFF]]";
    private static final String LETTER_OR_DIGIT = "[[\\p{L}\\p{Nd}]&&[\\u0000-\\uFFFF]]";
    private static final String APOSTROPHE = "(?:['\\u0092\\u2019]|(?i:&apos;))";
    private static final String ANY_APOSTROPHE = "(?:['\\u0092\\u2019`\\u0091\\u2018\\u201B]|(?i:&apos;))";
    private static final String WORD =
            LETTER + "(?:" + LETTER + "|" + DIGIT + ")*(?:[.!?]" + LETTER + "(?:" + LETTER + "|" + DIGIT + ")*)*";
    private static final String CLITIC = APOSTROPHE + "(?:[msdMSD]|(?i:re|ve|ll))";
    private static final String NOT = "[nN]" + ANY_APOSTROPHE + "[tT]";
    private static final String HYPHEN = "[-_\\u058A\\u2010\\u2011]";
    private static final String PART = "(?:[dDoOlL]" + ANY_APOSTROPHE + LETTER_OR_DIGIT + ")?" + LETTER_OR_DIGIT + "+";
    private static final String COMPOUND = PART + "(?:" + HYPHEN + PART + ")*";
    private static final String INITIALS = "[A-Za-z](?:\\.[A-Za-z])*";
    private static final String TWO_COUNTRIES =
            "(?:(?i:Canada|Sino|Korean|EU|Japan|non)-[uU]\\.[sS]|[uU]\\.[sS]\\.-(?:[uU]\\.[sS]\\.[sS]\\.[rR]|[uU]\\.[kK]))";
    private static final String MANY_INITIALS = "(?:[A-Za-z](?:\\.[A-Za-z])+|" + TWO_COUNTRIES + ")";
    private static final String ACRONYM = "(?:" + TWO_COUNTRIES + "|" + INITIALS + ")";
    private static final String HYPHENATED =
            "[A-Za-z0-9][A-Za-z0-9.,\\u00AD]*(?:-(?:" + MANY_INITIALS + "\\.|[A-Za-z0-9\\u00AD]+))+";
    private static final String CAPITALS_AND = "[A-Z]+(?:(?:[+&]|(?i:&amp;))[A-Z]+)+";
    private static final String TAG = "<(?:[!?][A-Za-z-][^>\\r\\n]*"
            + "|[A-Za-z][A-Za-z0-9_:.-]*(?: +(?:[A-Za-z][A-Za-z0-9_:.-]* *= *(?:'[^']*'|\"[^\"]*\")"
            + "|[A-Za-z][A-Za-z0-9_:.-]*))* */?"
            + "|/[A-Za-z][A-Za-z0-9_:.-]*) *>";
    private static final String BEFORE_MARK = "[,;:\\u3001]";
    private static final String LIST_OF_EXTENSIONS =
            "bat|bmp|class|cgi|cpp|c|dll|docx|doc|exe|gif|gz|html|htm|h|java|jar|jpeg|jpg|mov|mp3|pdf|php|pl|png|ppt|ps"
                    + "|py|sql|tar|txt|wav|xml|x|zip";

    /** Usually inside a sentence; at its end the full stop counts twice. */
    private static final String ABBREVIATION_LOW =
            "(?:(?i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tues|Tue"
                    + "|Wed|Thurs|Thu|Fri|Ala|Ariz|Calif|Colo|Conn|Ct|Dak|Fla|Ga|Ind|Kans?|Ky|Md|Mich|Minn|Mont|Mo|Neb|Nev"
                    + "|Okla|Penn|Tenn|Va|Vt|Wisc?|Wyo|Inc|Cos?|Corp|Ltd|Plc|Rt|Bancorp|Bhd|Assn|Univ|Intl|Sys|tel|est"
                    + "|ext|sq|Jr|Sr|Bros|(?:Ed|Ph)\\.D|Blvd|Rd|Esq|etc|al|seq|Bldg)"
                    + "|A(?i:z)|A(?i:rk)|D(?i:el)|I(?i:ll)|L(?i:a)|M(?i:ass)|M(?i:iss)|O(?i:re)|P(?i:a)|T(?i:ex)|W(?i:ash)"
                    + "|(?i:Pp?t)[ye](?i:s?))\\.";

    /** Usually before a name. */
    private static final String ABBREVIATION_HIGH = "(?:(?i:Mrs|Mr|Ms|Drs?|Profs?|Sens?|Reps?|Attys?|Lt|Col|Gen|Messrs"
            + "|Govs?|Adm|Rev|Maj|Sgt|Cpl|Pvt|Capt|Ste?|Ave|Pres|Lieut|Hon|Brig|Co?mdr|Pfc|Spc|Supts?|Det|Mt|Ft|Adj|Adv"
            + "|Asst|Assoc|Ens|Insp|Mlle|Mme|Msgr|Sfc|vs|Alex|Wm|Jos|Cie|a\\.k\\.a|cf|TREAS|Ph|Invt|Elec|Natl|Dept)"
            + "|M(?i:iss)|(?i:M)[ft](?i:g)|" + ACRONYM + ")";

    /** Only before numbers. */
    private static final String ABBREVIATION_NUMBER = "(?i:ca|figs?|prop|nos?|art|bldg|pp|op)\\.";

    private static final String SENTENCE_STARTS =
            "(?:A(?i:bout|ccording|dditionally|fter|n|s|t)|A|B(?i:ut)|E(?i:arlier)"
                    + "|H(?i:ere|er|e|owever)|I(?i:f|n|t)|L(?i:ast)|M(?i:any|ore|r\\.|s\\.)|N(?i:ow)|O(?i:nce|ne|ther|ur)"
                    + "|S(?i:he|ince|ome|o|uch)|T(?i:hat|heir|here|hese|hen|hey|he|his)|W(?i:e|hen|hile|hat)|Y(?i:et|ou)|"
                    + TAG
                    + ")";

    /**
     * One rule.
     *
     * @param pattern group 1 is the token, what follows is only looked at
     * @param giveBack characters of the token to read again
     * @param repeatStop whether the full stop at the end is part of the token and is read again as well; a single
     *     letter gives it up instead
     * @param kind what becomes of it
     * @param spelling how it is written
     */
    record Rule(Pattern pattern, int giveBack, boolean repeatStop, Kind kind, UnaryOperator<String> spelling) {}

    /** What becomes of what a rule read. */
    enum Kind {
        TOKEN,
        NOTHING,
        LINE_END
    }

    private PtbRules() {}

    /** All rules in order. */
    static final List<Rule> ALL = List.of(
            token("[cC]\\+\\+"),
            token("[cCfF]#"),
            split("(?i:cannot)", 3),
            split("(?i:'twas)", 3),
            split("(?i:'tis)", 2),
            split("(?i:gonna|gotta|lemme|gimme|wanna)", 2),
            token(TAG, PtbSpelling::hardBlanks),
            token("(?i:&(?:MD|mdash|ndash);)|[\\u0096\\u0097\\u2013\\u2014\\u2015]", text -> "--"),
            token("(?i:&amp;)", PtbSpelling::ampersand),
            token("(?i:&(?:HT|TL|UR|LR|QC|QL|QR|odq|cdq|#[0-9]+);)"),
            before(WORD, CLITIC, PtbSpelling::withoutSoftHyphens),
            before("[A-Za-z\\u00AD]*[A-MO-Za-mo-z]\\u00AD*", NOT, PtbSpelling::withoutSoftHyphens),
            token(WORD, PtbSpelling::withoutSoftHyphens),
            token(APOSTROPHE + "[nN]" + APOSTROPHE + "?"),
            token("[lLdDjJ]" + APOSTROPHE),
            token("(?i:Dunkin|somethin|ol)" + APOSTROPHE),
            token(APOSTROPHE + "(?i:em|till?|cause|[2-9]0s)"),
            token("[A-HJ-XZn]" + ANY_APOSTROPHE + PLAIN_LETTER + "{2,}"),
            token(PLAIN_LETTER + "+[aeiouyAEIOUY]" + ANY_APOSTROPHE + "[aeiouA-Z]" + PLAIN_LETTER + "*"),
            token("(?i:cont'd\\.?|'twas|nor'easter|c'mon|e'er|s'mores|ev'ry|li'l|nat'l)|[oO]" + ANY_APOSTROPHE
                    + "[oO]"),
            before("[yY]" + APOSTROPHE, PLAIN_LETTER),
            token("(?i:https?://)[^ \\t\\n\\f\\r\"<>|(){}]+[^ \\t\\n\\f\\r\"<>|.!?(){},-]"),
            token("(?:(?i:www)\\.(?:[^ \\t\\n\\f\\r\"<>|.!?(){},]+\\.)+[a-zA-Z]{2,4}"
                    + "|(?:[^ \\t\\n\\f\\r\"`'<>|.!?(){},\\-_$]+\\.)+(?i:com|net|org|edu))"
                    + "(?:/[^ \\t\\n\\f\\r\"<>|()]+[^ \\t\\n\\f\\r\"<>|.!?(){},-])?"),
            token("(?:(?i:&lt;)|<)?[a-zA-Z0-9][^ \\t\\n\\f\\r\"<>|()\\u00A0{}]*@"
                    + "(?:[^ \\t\\n\\f\\r\"<>|(){}.\\u00A0]+\\.)*[^ \\t\\n\\f\\r\"<>|(){}.\\u00A0]+(?:(?i:&gt;)|>)?"),
            token("@[a-zA-Z_][a-zA-Z_0-9]*|#" + LETTER + "+"),
            before(CLITIC, "[^A-Za-z]", PtbSpelling::closingQuotes),
            before(NOT, "[^A-Za-z]", PtbSpelling::closingQuotes),
            token(DIGIT + "{1,2}[-/]" + DIGIT + "{1,2}[-/]" + DIGIT + "{2,4}"),
            token(
                    "[-+]?(?:" + DIGIT + "*(?:[.:,\\u00AD\\u066B\\u066C]" + DIGIT + "+)+|" + DIGIT + "+)",
                    PtbSpelling::withoutSoftHyphens),
            token(
                    "[\\u207A\\u207B\\u208A\\u208B]?(?:[\\u2070\\u00B9\\u00B2\\u00B3\\u2074-\\u2079]+|[\\u2080-\\u2089]+)"),
            token(
                    "(?:" + DIGIT + "{1,4}[- \\u00A0])?" + DIGIT + "{1,4}(?:\\\\?/|\\u2044)" + DIGIT + "{1,4}",
                    PtbSpelling::hardBlanks),
            token("[\\u00BC\\u00BD\\u00BE\\u2153-\\u215E]", PtbSpelling::fraction),
            token(
                    "(?i:-(?:RRB|LRB|RCB|LCB|RSB|LSB)-|C\\.D\\.s|pro-|anti-|S(?:&amp;|&)P-500|S(?:&amp;|&)Ls)"
                            + "|(?i:Cap)" + APOSTROPHE + "[nN]|[cC]" + APOSTROPHE + "(?i:est)",
                    PtbSpelling::ampersand),
            token("[A-Za-z0-9]+(?:-[A-Za-z]+){0,2}(?:\\\\?/[A-Za-z0-9]+(?:-[A-Za-z]+){0,2}){1,2}"),
            token("[A-Z]*\\$|#"),
            token(
                    "[\\u00A2\\u00A3\\u00A4\\u00A5\\u0080\\u20A0\\u20AC\\u060B\\u0E3F\\u20A4\\uFFE0\\uFFE1\\uFFE5\\uFFE6]",
                    PtbSpelling::currency),
            repeatingStop("(?:" + ACRONYM + ")\\.", BLANK + "+" + SENTENCE_STARTS + BLANK),
            before(ABBREVIATION_NUMBER, BLANK + "?" + DIGIT),
            before("(?:(?i:pt)[eyEY]|(?i:co))\\.", SPACE + "(?i:ltd|lim)"),
            repeatingStop(ABBREVIATION_LOW, BLANK + "(?:" + BLANK + "|\\p{Lu}|" + TAG + ")"),
            before(ABBREVIATION_LOW, "[\\s\\S]{2}"),
            repeatingStop(ABBREVIATION_LOW, ""),
            token(ABBREVIATION_HIGH + "\\."),
            before(ABBREVIATION_HIGH, SPACE),
            before(ACRONYM, BLANK),
            before(APOSTROPHE + "[0-9][0-9]", BLANK),
            before(
                    "(?:" + LETTER + "|" + DIGIT + ")+(?:\\.(?:" + LETTER + "|" + DIGIT + ")+)*\\.(?i:"
                            + LIST_OF_EXTENSIONS + ")",
                    "(?:" + BLANK + "|[.?!,])"),
            before(WORD + "\\.", BEFORE_MARK, PtbSpelling::withoutSoftHyphens),
            token(
                    "(?:\\([0-9]{2,3}\\)[ \\u00A0]?|(?:\\+\\+?)?(?:[0-9]{2,4}[- \\u00A0])?[0-9]{2,4}[- \\u00A0])"
                            + "[0-9]{3,4}[- \\u00A0]?[0-9]{3,5}"
                            + "|(?:(?:\\+\\+?)?[0-9]{2,4}\\.)?[0-9]{2,4}\\.[0-9]{3,4}\\.[0-9]{3,5}",
                    PtbSpelling::phone),
            before("\"|(?i:&quot;)", "[A-Za-z0-9$]", PtbSpelling::openingQuotes),
            token("\"|(?i:&quot;)", PtbSpelling::closingQuotes),
            nothing("\\x7f"),
            token("<|(?i:&lt;)", text -> "<"),
            token(">|(?i:&gt;)", text -> ">"),
            before("[<>]?[:;=][-o*']?[()DPdpO\\\\{@|\\[\\]]", "[^A-Za-z0-9]", PtbSpelling::brackets),
            token(
                    "[\\^x=~<>]\\.\\[\\^x=~<>]|[-^x=~<>']_[-^x=~<>']|\\([-^x=~<>'][_.]?[-^x=~<>']\\)"
                            + "|\\([\\^x=~<>']-[\\^x=~<>'`]\\)",
                    PtbSpelling::brackets),
            token("[{}\\[\\]()]", PtbSpelling::bracket),
            token("-+", PtbSpelling::dashes),
            token("\\.{3,5}|(?:\\.[ \\u00A0]){2,4}\\.|[\\u0085\\u2026]", text -> "..."),
            token("@+|#+|_+|\\*+|(?:\\\\\\*){1,3}|" + BEFORE_MARK + "|[?!]+|[=/]"),
            token("[.\\u00A1\\u00BF\\u037E\\u0589\\u061F\\u06D4\\u0700-\\u0702\\u07FA\\u3002]"),
            before(HYPHENATED + "\\.", BEFORE_MARK, PtbSpelling::withoutSoftHyphens),
            token(HYPHENATED, PtbSpelling::withoutSoftHyphens),
            before(COMPOUND + "\\.", BEFORE_MARK),
            token(COMPOUND),
            before(CAPITALS_AND + "\\.", BEFORE_MARK, PtbSpelling::ampersand),
            token(CAPITALS_AND, PtbSpelling::ampersand),
            before("'", "[A-Za-z][^ \\t\\n\\r\\u00A0]", PtbSpelling::openingQuotes),
            token(CLITIC + "|" + NOT, PtbSpelling::closingQuotes),
            token(
                    "''|(?i:&apos;)|['\\u0092\\u2019]"
                            + "|[`\\u2018\\u2019\\u201A\\u201B\\u201C\\u201D\\u0091-\\u0094\\u201E\\u201F\\u2039\\u203A\\u00AB"
                            + "\\u00BB]{1,2}",
                    PtbSpelling::closingQuotes),
            token("<<|>>"),
            token("[+%&~^|\\\\\\u00A6\\u00A7\\u00A8\\u00A9\\u00AC\\u00AE\\u00AF\\u00B0-\\u00BA\\u00D7\\u00F7\\u0387"
                    + "\\u05BE\\u05C0\\u05C3\\u05C6\\u05F3\\u05F4\\u0600-\\u0603\\u0606-\\u060A\\u060C\\u0614\\u061B\\u061E"
                    + "\\u066A\\u066D\\u0703-\\u070D\\u07F6-\\u07F8\\u0964\\u0965\\u0E4F\\u1FBD\\u2016\\u2017\\u2020-\\u2023"
                    + "\\u2030-\\u2038\\u203B\\u203E-\\u2042\\u2044\\u207A-\\u207F\\u208A-\\u208E\\u2100-\\u214F\\u2190-"
                    + "\\u2BFF\\u3012\\u30FB\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65]"),
            nothing("\\x00|" + SPACE + "+|[\\u200B\\u200E\\u200F\\uFEFF]"),
            new Rule(Pattern.compile("(" + LINE_END + ")"), 0, false, Kind.LINE_END, UnaryOperator.identity()),
            nothing("(?i:&nbsp;)"));

    private static Rule token(String pattern) {
        return token(pattern, UnaryOperator.identity());
    }

    private static Rule token(String pattern, UnaryOperator<String> spelling) {
        return new Rule(Pattern.compile("(" + pattern + ")"), 0, false, Kind.TOKEN, spelling);
    }

    private static Rule split(String pattern, int giveBack) {
        return new Rule(Pattern.compile("(" + pattern + ")"), giveBack, false, Kind.TOKEN, UnaryOperator.identity());
    }

    private static Rule before(String pattern, String ahead) {
        return before(pattern, ahead, UnaryOperator.identity());
    }

    private static Rule before(String pattern, String ahead, UnaryOperator<String> spelling) {
        return new Rule(Pattern.compile("(" + pattern + ")" + ahead), 0, false, Kind.TOKEN, spelling);
    }

    private static Rule repeatingStop(String pattern, String ahead) {
        return new Rule(Pattern.compile("(" + pattern + ")" + ahead), 1, true, Kind.TOKEN, UnaryOperator.identity());
    }

    private static Rule nothing(String pattern) {
        return new Rule(Pattern.compile("(" + pattern + ")"), 0, false, Kind.NOTHING, UnaryOperator.identity());
    }
}
