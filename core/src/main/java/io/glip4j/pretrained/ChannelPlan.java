package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the channels of a nano's pyramid stand for when training starts.
 *
 * <p>Every group of the dynamic head's normalisation has one carrier: a channel that is one large constant where the
 * normalisations look, and nothing behind them. It outweighs the others, so that normalising is the same scaling on
 * every picture and what the other channels say comes through as it is.
 *
 * @param channels of the pyramid
 * @param groups of the normalisation; equal runs of neighbouring channels
 * @param carriers one in each group
 * @param boxes for dx, dy, dw and dh in turn a channel and its negative, of one group each
 * @param meaning where words and evidence meet
 * @param free for what training finds
 */
record ChannelPlan(
        int channels,
        int groups,
        List<Integer> carriers,
        List<Integer> boxes,
        List<Integer> meaning,
        List<Integer> free) {
    private static final int BOX = 4;
    private static final int LEAST_GROUP = 4;

    /** Of a carrier, where the normalisations look. */
    static final double CARRIER = 24;

    ChannelPlan {
        carriers = List.copyOf(carriers);
        boxes = List.copyOf(boxes);
        meaning = List.copyOf(meaning);
        free = List.copyOf(free);
    }

    /** Gives {@code meanings} channels to the words' directions, or as many as there are. */
    static ChannelPlan of(int channels, int groups, int meanings) {
        int size = channels / groups;
        if (groups < BOX || size < LEAST_GROUP) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted at least " + BOX + " groups of at least " + LEAST_GROUP + " channels, got " + channels
                            + " channels in " + groups + " groups");
        }
        List<Integer> carriers = new ArrayList<>();
        List<Integer> boxes = new ArrayList<>();
        List<Integer> meaning = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            int group = channel / size;
            int place = channel % size;
            if (place == size - 1) {
                carriers.add(channel);
            } else if (group < BOX && place < 2) {
                boxes.add(channel);
            } else if (meaning.size() < meanings) {
                meaning.add(channel);
            } else {
                free.add(channel);
            }
        }
        return new ChannelPlan(channels, groups, carriers, boxes, meaning, free);
    }

    /** The channel that says a box value; 0..3 is dx, dy, dw, dh. */
    int box(int value) {
        return boxes.get(2 * value);
    }

    /** The channel that says the negative of a box value. */
    int negativeBox(int value) {
        return boxes.get(2 * value + 1);
    }

    /** The mean of a group, or of all channels, in which only carriers count. */
    double carrierMean() {
        return CARRIER * groups / channels;
    }

    /** The standard deviation of a group, or of all channels, in which only carriers count. */
    double carrierDeviation() {
        double share = (double) groups / channels;
        return CARRIER * Math.sqrt(share * (1 - share));
    }
}
