package io.glip4j.data.table;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts one behind the other, in UTF-8, up to 2 GiB of them. */
public final class Texts {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final Ints ends = new Ints();
    private byte[] bytes = new byte[64];
    private int used;

    public void add(String text) {
        byte[] added = text.getBytes(StandardCharsets.UTF_8);
        if (added.length > MOST_BYTES - used) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted a data set whose names and captions take less than 2 GiB; split it");
        }
        if (used + added.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, 2L * (used + added.length)));
        }
        System.arraycopy(added, 0, bytes, used, added.length);
        used += added.length;
        ends.add(used);
    }

    public String get(int index) {
        int begin = index == 0 ? 0 : ends.get(index - 1);
        return new String(bytes, begin, ends.get(index) - begin, StandardCharsets.UTF_8);
    }

    public int size() {
        return ends.size();
    }
}
