package io.glip4j.paint;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.output.Detection;
import io.glip4j.output.Segments;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws detections on a picture: a box and a filled tag with phrase and score each, one colour a phrase. Lines and
 * letters grow with the picture. It needs neither a display nor fonts.
 */
public final class DetectionPainter {
    private static final int CHANNELS = 3;
    private static final double LINE_SHARE = 0.0035;
    private static final double LEAST_LINE = 2;
    private static final double LETTER_SHARE = 0.024;
    private static final double LEAST_LETTER = 12;
    private static final double CROWDED = 20;
    private static final double LEAST_CROWDED_SHARE = 0.75;
    private static final double OUTLINE_SHARE = 0.5;
    private static final Color OUTLINE = new Color(0, 0, 0, 110);

    /** The picture with the detections on it; those with the best scores are on top. */
    public BufferedImage paint(Picture picture, List<Detection> detections) {
        return paint(toImage(picture), picture, detections);
    }

    /**
     * The picture with masks laid over it, through which it is seen, and their boxes and words on top.
     *
     * @throws io.glip4j.GlipException BAD_ARGUMENT if the masks are of another size than the picture
     */
    public BufferedImage paint(Picture picture, Segments found) {
        BufferedImage image = toImage(picture);
        List<Detection> detections = found.grounding().detections();
        MaskOverlay.lay(found, colours(detections), image);
        return paint(image, picture, detections);
    }

    private static BufferedImage paint(BufferedImage image, Picture picture, List<Detection> detections) {
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            draw(graphics, picture, detections);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Paints and writes a PNG, which replaces a file of that name only when it is complete.
     *
     * @throws io.glip4j.GlipException CANNOT_WRITE
     */
    public void save(Picture picture, List<Detection> detections, Path png) {
        PngFile.write(paint(picture, detections), png);
    }

    /** Paints masks as well, and writes a PNG as above. */
    public void save(Picture picture, Segments found, Path png) {
        PngFile.write(paint(picture, found), png);
    }

    private static PhraseColours colours(List<Detection> detections) {
        return PhraseColours.of(detections.stream().map(Detection::phrase).toList());
    }

    private static void draw(Graphics2D graphics, Picture picture, List<Detection> detections) {
        PhraseColours colours = colours(detections);
        List<Detection> bestFirst = detections.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList();
        double side = Math.sqrt((double) picture.width() * picture.height());
        double line = Math.max(LEAST_LINE, Math.rint(LINE_SHARE * side)); // whole pixels are crisp
        for (int i = bestFirst.size() - 1; i >= 0; i--) {
            Detection detection = bestFirst.get(i);
            drawBox(graphics, clipped(detection.box(), picture, line), colours.of(detection.phrase()), line);
        }
        double crowding = Math.sqrt(CROWDED / Math.max(1, detections.size()));
        double size = Math.max(LEAST_LETTER, LETTER_SHARE * side) * within(crowding, LEAST_CROWDED_SHARE, 1);
        List<Rectangle2D> boxes = bestFirst.stream()
                .map(detection -> clipped(detection.box(), picture, 0))
                .toList();
        List<Tag> tags = bestFirst.stream()
                .map(detection -> Tag.of(detection, size, picture.width()))
                .toList();
        TagLayout layout = new TagLayout(picture.width(), picture.height(), boxes);
        List<Rectangle2D> places = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            places.add(
                    layout.place(boxes.get(i), tags.get(i).width(), tags.get(i).height()));
        }
        for (int i = 0; i < tags.size(); i++) {
            drawLeader(
                    graphics,
                    places.get(i),
                    boxes.get(i),
                    colours.of(bestFirst.get(i).phrase()),
                    line);
        }
        for (int i = 0; i < tags.size(); i++) {
            drawTag(
                    graphics,
                    tags.get(i),
                    places.get(i),
                    colours.of(bestFirst.get(i).phrase()));
        }
    }

    /** The box inside the picture, drawn in from its edge by half a line so that all of the line is seen. */
    private static Rectangle2D clipped(BoxXyxy box, Picture picture, double line) {
        double inset = line / 2;
        double middle = inset - Math.floor(inset); // of a pixel under lines of odd width
        double left = within(Math.rint(box.x1()) + middle, inset, picture.width() - inset);
        double top = within(Math.rint(box.y1()) + middle, inset, picture.height() - inset);
        double right = within(Math.rint(box.x2()) + middle, inset, picture.width() - inset);
        double bottom = within(Math.rint(box.y2()) + middle, inset, picture.height() - inset);
        return new Rectangle2D.Double(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    private static double within(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    private static void drawBox(Graphics2D graphics, Rectangle2D box, Color colour, double line) {
        stroke(graphics, box, OUTLINE, line * (1 + OUTLINE_SHARE));
        stroke(graphics, box, colour, line);
    }

    /** A line from a tag that had to move away to its box. */
    private static void drawLeader(Graphics2D graphics, Rectangle2D tag, Rectangle2D box, Color colour, double line) {
        double fromX = within(box.getCenterX(), tag.getMinX(), tag.getMaxX());
        double fromY = within(box.getCenterY(), tag.getMinY(), tag.getMaxY());
        double toX = within(fromX, box.getMinX(), box.getMaxX());
        double toY = within(fromY, box.getMinY(), box.getMaxY());
        if (Math.hypot(toX - fromX, toY - fromY) > line) {
            stroke(graphics, new Line2D.Double(fromX, fromY, toX, toY), OUTLINE, line * (1 + OUTLINE_SHARE) / 2);
            stroke(graphics, new Line2D.Double(fromX, fromY, toX, toY), colour, line / 2);
        }
    }

    private static void stroke(Graphics2D graphics, Shape shape, Color colour, double width) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
        graphics.draw(shape);
    }

    private static void drawTag(Graphics2D graphics, Tag tag, Rectangle2D place, Color colour) {
        graphics.setColor(colour);
        graphics.fill(place);
        graphics.setColor(PhraseColours.textOn(colour));
        AffineTransform move =
                AffineTransform.getTranslateInstance(place.getX() + tag.padding(), place.getY() + tag.baseline());
        graphics.fill(move.createTransformedShape(tag.line().outline()));
    }

    private static BufferedImage toImage(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = picture.rgb();
        int[] row = new int[picture.width()];
        int in = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = ((rgb[in] & 0xFF) << 16) | ((rgb[in + 1] & 0xFF) << 8) | (rgb[in + 2] & 0xFF);
                in += CHANNELS;
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }
}
