package io.glip4j.train.loss;

/** The losses that are added up. */
public enum LossTerm {
    /** Boxes against the boxes their anchors answer for: generalised IoU. */
    LOCALIZATION,
    /** How near to the middle of the box an anchor is. */
    CENTERNESS,
    /** Regions against the words of their own prompt (L_intra). */
    WORD_ALIGNMENT,
    /** Regions against the words of all prompts of the global batch (L_inter). */
    INTER_IMAGE,
    /** Masked words told from picture and text (L_mlm). */
    MASKED_WORDS,
    /** Masks inside the boxes. */
    MASKS,
    /** Answers to questions. */
    ANSWERS,
    /** Words of descriptions. */
    NEXT_WORDS
}
