package io.glip4j.eval.run;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the pictures that falls to one process of several.
 *
 * @param number 1 to {@code of}
 */
public record Shard(int number, int of) {
    /** All pictures. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    public Shard {
        if (number < 1 || number > of) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a shard K/N with K of 1 to N, got " + number + "/" + of);
        }
    }

    /** Reads {@code K/N}. */
    public static Shard parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a shard K/N such as 1/4, got " + text);
        }
        return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    String fileName() {
        return of == 1 ? "answers.jsonl" : "answers-" + number + "-of-" + of + ".jsonl";
    }
}
