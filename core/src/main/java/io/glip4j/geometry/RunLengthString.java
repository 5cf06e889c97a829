package io.glip4j.geometry;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Arrays;

/**
 * The compressed text of run lengths in COCO files: from the fourth on, each is the difference to the one two before;
 * each number is written in groups of five bits, lowest first, a sixth bit says that more follow, as characters from
 * '0' on. The highest bit of the last group is the sign.
 */
final class RunLengthString {
    private static final int BITS = 5;
    private static final int VALUE = 0x1f;
    private static final int SIGN = 0x10;
    private static final int MORE = 0x20;
    private static final char ZERO = '0';
    private static final int MAX_GROUPS = 12;

    private RunLengthString() {}

    static String encode(int[] runs) {
        StringBuilder text = new StringBuilder(runs.length * 2);
        for (int i = 0; i < runs.length; i++) {
            long rest = i > 2 ? (long) runs[i] - runs[i - 2] : runs[i];
            boolean more = true;
            while (more) {
                int group = (int) (rest & VALUE);
                rest >>= BITS;
                more = (group & SIGN) != 0 ? rest != -1 : rest != 0;
                text.append((char) ((more ? group | MORE : group) + ZERO));
            }
        }
        return text.toString();
    }

    static int[] decode(String text) {
        int[] runs = new int[Math.max(4, text.length() / 2)];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int groups = 0;
            boolean more = true;
            while (more) {
                if (at == text.length() || groups == MAX_GROUPS) {
                    throw bad("a number without end at character " + at);
                }
                int group = text.charAt(at) - ZERO;
                if (group < 0 || group > (MORE | VALUE)) {
                    throw bad("character " + (int) text.charAt(at) + " at " + at);
                }
                at++;
                value |= (long) (group & VALUE) << (BITS * groups);
                groups++;
                more = (group & MORE) != 0;
                if (!more && (group & SIGN) != 0) {
                    value |= -1L << (BITS * groups);
                }
            }
            long run = count > 2 ? value + runs[count - 2] : value;
            if (run < 0 || run > Integer.MAX_VALUE) {
                throw bad("run length " + run);
            }
            if (count == runs.length) {
                runs = Arrays.copyOf(runs, 2 * count);
            }
            runs[count++] = (int) run;
        }
        return Arrays.copyOf(runs, count);
    }

    private static GlipException bad(String got) {
        return new GlipException(
                ErrorCode.BAD_ANNOTATIONS, "wanted a compressed COCO mask (characters '0' to 'o'), got " + got);
    }
}
