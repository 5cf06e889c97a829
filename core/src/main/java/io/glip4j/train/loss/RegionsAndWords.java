package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * The M regions and W words (padding left out) that one rank brings into the comparison over pictures; D is the width
 * of their common space.
 */
final class RegionsAndWords {
    /** The class of what carries none. */
    static final long FREE_TEXT = -1;

    private final Tensor regions;
    private final Tensor words;
    private final int[] regionPictures;
    private final int[] wordPictures;
    private final long[] regionClasses;
    private final long[] wordClasses;
    private final boolean[] named;

    /**
     * Takes the arrays over.
     *
     * @param regions (M, D), of length 1
     * @param words (W, D), of length 1
     * @param regionPictures M: the picture each is on
     * @param wordPictures W: the picture whose text each is in
     * @param regionClasses M: {@link #FREE_TEXT}, or a number that stands for one class of one data set
     * @param wordClasses W: {@link #FREE_TEXT} too for words of a prompt that are in no class name
     * @param named M x W, row by row: whether a word of the region's own picture names it
     */
    RegionsAndWords(
            Tensor regions,
            Tensor words,
            int[] regionPictures,
            int[] wordPictures,
            long[] regionClasses,
            long[] wordClasses,
            boolean[] named) {
        this.regions = regions;
        this.words = words;
        this.regionPictures = regionPictures;
        this.wordPictures = wordPictures;
        this.regionClasses = regionClasses;
        this.wordClasses = wordClasses;
        this.named = named;
    }

    Tensor regions() {
        return regions;
    }

    Tensor words() {
        return words;
    }

    int regionCount() {
        return regionPictures.length;
    }

    int wordCount() {
        return wordPictures.length;
    }

    /** (M) int64. */
    Tensor regionClasses() {
        return Tensors.of(regionClasses, regionClasses.length);
    }

    /** (W) int64. */
    Tensor wordClasses() {
        return Tensors.of(wordClasses, wordClasses.length);
    }

    /**
     * What the own pairs want.
     *
     * @return (M, W), of the features' type: 1 where the word names the region, or is of the region's class and in
     *     another picture's text
     */
    Tensor wanted() {
        float[] wanted = new float[named.length];
        for (int region = 0; region < regionCount(); region++) {
            for (int word = 0; word < wordCount(); word++) {
                int at = region * wordCount() + word;
                boolean pair = regionPictures[region] == wordPictures[word]
                        ? named[at]
                        : regionClasses[region] != FREE_TEXT && regionClasses[region] == wordClasses[word];
                wanted[at] = pair ? 1 : 0;
            }
        }
        return Tensors.of(wanted, regionCount(), wordCount()).to(regions.scalar_type());
    }
}
