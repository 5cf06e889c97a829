package io.glip4j.data.scene;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** An object as it is to stand in the picture, before it is put there. */
final class Layer {
    private final int[] argb;
    private final Rectangle bounds;
    private final int solid;

    private Layer(int[] argb, Rectangle bounds, int solid) {
        this.argb = argb;
        this.bounds = bounds;
        this.solid = solid;
    }

    /** Pixels of {@link #bounds}, premultiplied, row by row: not a copy. */
    int[] argb() {
        return argb;
    }

    /** In pixels of the picture, beyond whose edges they may reach. */
    Rectangle bounds() {
        return bounds;
    }

    /** Pixels that hide what is behind them, outside the picture too. */
    int solid() {
        return solid;
    }

    static Layer of(Sprite sprite, Pose pose, Restyle look) {
        AffineTransform where = pose.of(sprite);
        Rectangle bounds = where.createTransformedShape(
                        new Rectangle(sprite.image().getWidth(), sprite.image().getHeight()))
                .getBounds();
        bounds.grow(1, 1);
        BufferedImage image = new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.translate(-bounds.x, -bounds.y);
        graphics.drawImage(sprite.image(), where, null);
        graphics.dispose();
        int[] argb = Sprite.pixels(image);
        look.apply(argb);
        int solid = 0;
        for (int pixel : argb) {
            solid += pixel >>> 24 >= Sprite.SOLID ? 1 : 0;
        }
        return new Layer(argb, bounds, solid);
    }

    /** The colours of all of it. */
    ColourShares colours() {
        int[] counts = new int[ColourName.COUNT + 1];
        for (int pixel : argb) {
            if (pixel >>> 24 >= Sprite.SOLID) {
                counts[ColourName.of((pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255)]++;
            }
        }
        return ColourShares.ofCounts(counts);
    }
}
