package io.glip4j.data.scene;

import java.awt.geom.AffineTransform;
import java.util.SplittableRandom;

/**
 * How an object stands in the picture.
 *
 * @param x of its centre, pixels
 * @param y of its centre, pixels
 * @param side pixels of its longer side before it is turned
 * @param angle radians, clockwise
 * @param aspect factor of the width against the height
 * @param shear of x by y
 * @param mirrored left for right
 */
record Pose(double x, double y, double side, double angle, double aspect, double shear, boolean mirrored) {
    private static final double UPSIDE_DOWN_PART = 0.06;
    private static final double MOST_TILT = 0.35;
    private static final double MOST_STRETCH = 0.25;
    private static final double MOST_SHEAR = 0.15;

    /** Anywhere, mostly upright. */
    static Pose draw(int width, int height, double side, SplittableRandom random) {
        boolean anyWay = random.nextDouble() < UPSIDE_DOWN_PART;
        double angle = anyWay
                ? 2 * Math.PI * random.nextDouble()
                : MOST_TILT * (random.nextDouble() + random.nextDouble() - 1);
        double margin = side / 4;
        return new Pose(
                margin + (width - 2 * margin) * random.nextDouble(),
                margin + (height - 2 * margin) * random.nextDouble(),
                side,
                angle,
                Math.exp(MOST_STRETCH * (2 * random.nextDouble() - 1)),
                MOST_SHEAR * (2 * random.nextDouble() - 1),
                random.nextBoolean());
    }

    /** From the pixels of a sprite to those of the picture. */
    AffineTransform of(Sprite sprite) {
        double scale = side / sprite.longerSide();
        AffineTransform where = AffineTransform.getTranslateInstance(x, y);
        where.rotate(angle);
        where.shear(shear, 0);
        double across = scale * Math.sqrt(aspect);
        where.scale(mirrored ? -across : across, scale / Math.sqrt(aspect));
        where.translate(-sprite.image().getWidth() / 2.0, -sprite.image().getHeight() / 2.0);
        return where;
    }
}
