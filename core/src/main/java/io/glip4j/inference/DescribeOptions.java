package io.glip4j.inference;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.inference.decoding.Decoding;

/**
 * How a picture is described.
 *
 * @param maxWords a longer text is cut; a rare word, which the tokenizer takes apart, counts as several
 * @param grounded whether the things that the text names are looked for in the picture
 */
public record DescribeOptions(Decoding decoding, int maxWords, boolean grounded) {
    /** Five beams and at most 20 words, as Oscar describes COCO's pictures (Li et al. 2020); things are looked for. */
    public static final DescribeOptions DEFAULT = new DescribeOptions(new Decoding.Beam(5, 1), 20, true);

    public DescribeOptions {
        if (maxWords < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "description: wanted at least 1 word, got " + maxWords + "; ask for more");
        }
    }

    public DescribeOptions withDecoding(Decoding chosen) {
        return new DescribeOptions(chosen, maxWords, grounded);
    }

    public DescribeOptions withMaxWords(int words) {
        return new DescribeOptions(decoding, words, grounded);
    }

    public DescribeOptions withGrounding(boolean wanted) {
        return new DescribeOptions(decoding, maxWords, wanted);
    }
}
