package io.glip4j.data;

import java.util.List;

/** The words of a sample: the class names of a detection data set, or a caption with marked phrases. */
public sealed interface SampleText permits ClassNames, Caption {
    /** Boxes that have words. */
    int boxes();

    /** The words of some of the boxes, by number, in this order. */
    SampleText only(List<Integer> kept);

    /** What they are, in a form that stays the same from release to release. */
    String described();
}
