package io.glip4j.data.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Made-up backdrops: clouds, grain, gradients, stripes, tiles, land under a sky, loose shapes. */
final class Texture {
    private static final int KINDS = 6;
    private static final int MOST_SHAPES = 12;

    private Texture() {}

    /** Fills a picture with one of them. */
    static void paint(Graphics2D graphics, int width, int height, SplittableRandom random) {
        Color first = colour(random);
        Color second = colour(random);
        switch (random.nextInt(KINDS)) {
            case 0 -> clouds(graphics, width, height, 2 + random.nextInt(6), first, second, random);
            case 1 -> gradient(graphics, width, height, first, second, random);
            case 2 -> pattern(graphics, width, height, first, second, random);
            case 3 -> land(graphics, width, height, random);
            case 4 -> {
                gradient(graphics, width, height, first, second, random);
                shapes(graphics, width, height, random);
            }
            default -> {
                clouds(graphics, width, height, 20 + random.nextInt(80), first, second, random);
            }
        }
    }

    private static Color colour(SplittableRandom random) {
        float saturation = (float) (0.7 * random.nextDouble() * random.nextDouble() + 0.05);
        return Color.getHSBColor((float) random.nextDouble(), saturation, (float) (0.25 + 0.75 * random.nextDouble()));
    }

    /** Mixtures of two colours on a lattice, and smooth in between. */
    private static void clouds(
            Graphics2D graphics, int width, int height, int cells, Color first, Color second, SplittableRandom random) {
        int across = cells + 2;
        int down = Math.max(3, across * height / width);
        BufferedImage lattice = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
        int[] pixels = Sprite.pixels(lattice);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = mix(first, second, random.nextDouble());
        }
        double zoom = Math.max((double) width / (across - 1), (double) height / (down - 1));
        AffineTransform where = AffineTransform.getTranslateInstance(-zoom / 2, -zoom / 2);
        where.scale(zoom, zoom);
        graphics.drawImage(lattice, where, null);
    }

    private static int mix(Color first, Color second, double share) {
        int red = (int) (first.getRed() + (second.getRed() - first.getRed()) * share);
        int green = (int) (first.getGreen() + (second.getGreen() - first.getGreen()) * share);
        int blue = (int) (first.getBlue() + (second.getBlue() - first.getBlue()) * share);
        return (red << 16) | (green << 8) | blue;
    }

    private static void gradient(
            Graphics2D graphics, int width, int height, Color first, Color second, SplittableRandom random) {
        float x = (float) (width * random.nextDouble());
        float y = (float) (height * random.nextDouble());
        if (random.nextBoolean()) {
            float radius = (float) (Math.max(width, height) * (0.5 + random.nextDouble()));
            graphics.setPaint(new RadialGradientPaint(x, y, radius, new float[] {0, 1}, new Color[] {first, second}));
        } else {
            graphics.setPaint(new GradientPaint(x, 0, first, width - x, height, second));
        }
        graphics.fillRect(0, 0, width, height);
    }

    /** Stripes, checks or dots, turned. */
    private static void pattern(
            Graphics2D graphics, int width, int height, Color first, Color second, SplittableRandom random) {
        int side = 12 + random.nextInt(60);
        BufferedImage tile = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawn = tile.createGraphics();
        drawn.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawn.setColor(first);
        drawn.fillRect(0, 0, side, side);
        drawn.setColor(second);
        int half = side / 2;
        switch (random.nextInt(4)) {
            case 0 -> drawn.fillRect(0, 0, side, half);
            case 1 -> {
                drawn.fillRect(0, 0, half, half);
                drawn.fillRect(half, half, side - half, side - half);
            }
            case 2 -> drawn.fillOval(side / 4, side / 4, half, half);
            default -> drawn.drawRect(0, 0, side, side);
        }
        drawn.dispose();
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(Math.PI * random.nextDouble(), width / 2.0, height / 2.0);
        graphics.setPaint(new TexturePaint(tile, new Rectangle(side, side)));
        int reach = width + height;
        graphics.fillRect(-reach, -reach, 3 * reach, 3 * reach);
        graphics.setTransform(upright);
    }

    /** A sky, a horizon, and ground or a table. */
    private static void land(Graphics2D graphics, int width, int height, SplittableRandom random) {
        int horizon = (int) (height * (0.25 + 0.5 * random.nextDouble()));
        graphics.setPaint(new GradientPaint(0, 0, colour(random), 0, horizon, colour(random)));
        graphics.fillRect(0, 0, width, horizon);
        Path2D ground = new Path2D.Double();
        ground.moveTo(0, horizon + 20 * random.nextDouble());
        ground.curveTo(
                width / 3.0,
                horizon - 60 * random.nextDouble(),
                2 * width / 3.0,
                horizon + 60 * random.nextDouble(),
                width,
                horizon - 20 * random.nextDouble());
        ground.lineTo(width, height);
        ground.lineTo(0, height);
        graphics.fillRect(0, horizon, width, height - horizon);
        graphics.setPaint(new GradientPaint(0, horizon, colour(random), 0, height, colour(random)));
        graphics.fill(ground);
    }

    private static void shapes(Graphics2D graphics, int width, int height, SplittableRandom random) {
        int count = 2 + random.nextInt(MOST_SHAPES - 1);
        for (int i = 0; i < count; i++) {
            double x = width * random.nextDouble();
            double y = height * random.nextDouble();
            double across = 20 + 0.4 * width * random.nextDouble();
            double down = 20 + 0.4 * height * random.nextDouble();
            graphics.setColor(colour(random));
            switch (random.nextInt(4)) {
                case 0 -> graphics.fill(new Ellipse2D.Double(x - across / 2, y - down / 2, across, down));
                case 1 -> graphics.fillRect((int) (x - across / 2), (int) (y - down / 2), (int) across, (int) down);
                case 2 -> {
                    Path2D triangle = new Path2D.Double();
                    triangle.moveTo(x, y);
                    triangle.lineTo(x + across, y + down * random.nextDouble());
                    triangle.lineTo(x - across * random.nextDouble(), y + down);
                    graphics.fill(triangle);
                }
                default -> {
                    graphics.setStroke(new BasicStroke(2 + random.nextInt(12)));
                    graphics.drawLine((int) x, (int) y, (int) (x + across), (int) (y + down));
                }
            }
        }
    }
}
