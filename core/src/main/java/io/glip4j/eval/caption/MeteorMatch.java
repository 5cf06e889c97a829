package io.glip4j.eval.caption;

/**
 * Words of the reference that a module finds in the caption.
 *
 * @param start first word in the reference
 * @param length number of words in the reference
 * @param captionStart first word in the caption
 * @param captionLength number of words in the caption
 */
record MeteorMatch(int module, int start, int length, int captionStart, int captionLength) {
    int end() {
        return start + length;
    }

    int captionEnd() {
        return captionStart + captionLength;
    }
}
