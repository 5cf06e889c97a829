package io.glip4j.data.scene;

import io.glip4j.GlipException;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What scenes are drawn on: a texture, or a part of a photograph that is magnified so far that what it shows is hardly
 * taken for one of the things that words name.
 */
final class Backdrop {
    private static final double PHOTOGRAPH_PART = 0.5;
    private static final double LEAST_ZOOM = 2.5;
    private static final double MOST_ZOOM = 5;

    private final List<Path> photographs;
    private final Consumer<String> report;

    /** @param report takes what is wrong with a photograph; a texture is drawn in its place */
    Backdrop(List<Path> photographs, Consumer<String> report) {
        this.photographs = photographs;
        this.report = report;
    }

    /** An RGB picture of that size. */
    BufferedImage draw(int width, int height, SplittableRandom random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Texture.paint(graphics, width, height, random);
        if (!photographs.isEmpty() && random.nextDouble() < PHOTOGRAPH_PART) {
            Path file = photographs.get(random.nextInt(photographs.size()));
            try {
                paint(PictureReader.DEFAULT.read(file), graphics, width, height, random);
            } catch (GlipException e) {
                report.accept(String.valueOf(e.getMessage()));
            }
        }
        graphics.dispose();
        return image;
    }

    private static void paint(Picture picture, Graphics2D graphics, int width, int height, SplittableRandom random) {
        double cover = Math.max((double) width / picture.width(), (double) height / picture.height());
        double zoom = cover * (LEAST_ZOOM + (MOST_ZOOM - LEAST_ZOOM) * random.nextDouble());
        double x = random.nextDouble() * (picture.width() * zoom - width);
        double y = random.nextDouble() * (picture.height() * zoom - height);
        AffineTransform where = AffineTransform.getTranslateInstance(-x, -y);
        where.scale(zoom, zoom);
        graphics.drawImage(image(picture), where, null);
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = Sprite.pixels(image);
        byte[] rgb = picture.rgb();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = ((rgb[3 * i] & 255) << 16) | ((rgb[3 * i + 1] & 255) << 8) | (rgb[3 * i + 2] & 255);
        }
        return image;
    }
}
