package io.glip4j.data.scene;

import io.glip4j.geometry.BoxXyxy;

/**
 * An object of a scene as its words see it.
 *
 * @param number among the scene's objects
 * @param box of what is seen, pixels; right and bottom are the last pixel inside
 */
record Thing(int number, Noun noun, ColourShares colours, BoxXyxy box) {
    double centreX() {
        return (box.x1() + box.x2() + 1) / 2;
    }

    double centreY() {
        return (box.y1() + box.y2() + 1) / 2;
    }

    double area() {
        return (box.x2() - box.x1() + 1) * (box.y2() - box.y1() + 1);
    }

    /** Whether one would call it so. */
    Verdict is(String word) {
        if (noun.is(word)) {
            return Verdict.YES;
        }
        return noun.mayBe(word) ? Verdict.UNCLEAR : Verdict.NO;
    }
}
