package io.glip4j.data.table;

import io.glip4j.geometry.BoxXyxy;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Boxes by picture, each with a number that says what is in it; 28 bytes a box. */
public final class BoxTable {
    private static final int CORNERS = 4;

    private final Grouped boxesOfPicture;
    private final float[] xyxy;
    private final int[] labels;

    private BoxTable(Grouped boxesOfPicture, float[] xyxy, int[] labels) {
        this.boxesOfPicture = boxesOfPicture;
        this.xyxy = xyxy;
        this.labels = labels;
    }

    /** The numbers of a picture's boxes, in the order they were added. */
    public IntStream boxesOf(int picture) {
        return boxesOfPicture.of(picture);
    }

    public boolean isEmpty(int picture) {
        return boxesOfPicture.count(picture) == 0;
    }

    /** In pixels of the picture, last pixel inside. */
    public BoxXyxy box(int number) {
        int at = CORNERS * number;
        return new BoxXyxy(xyxy[at], xyxy[at + 1], xyxy[at + 2], xyxy[at + 3]);
    }

    public int label(int number) {
        return labels[number];
    }

    /** Takes boxes in any order of pictures. */
    public static final class Builder {
        private final Grouped.Builder boxesOfPicture = new Grouped.Builder();
        private final Ints labels = new Ints();
        private float[] xyxy = new float[16 * CORNERS];

        /**
         * Adds a box.
         *
         * @param box in pixels of the picture, last pixel inside
         */
        public void add(int picture, BoxXyxy box, int label) {
            int number = labels.size();
            int at = Math.multiplyExact(CORNERS, number);
            if (at == xyxy.length) {
                xyxy = Arrays.copyOf(xyxy, Math.multiplyExact(2, at));
            }
            xyxy[at] = (float) box.x1();
            xyxy[at + 1] = (float) box.y1();
            xyxy[at + 2] = (float) box.x2();
            xyxy[at + 3] = (float) box.y2();
            labels.add(label);
            boxesOfPicture.add(picture, number);
        }

        /** Boxes so far. */
        public int count() {
            return labels.size();
        }

        public BoxTable build(int pictures) {
            return new BoxTable(
                    boxesOfPicture.build(pictures), Arrays.copyOf(xyxy, CORNERS * labels.size()), labels.toArray());
        }
    }
}
