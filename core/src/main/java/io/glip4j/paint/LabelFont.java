package io.glip4j.paint;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Text as outlines of an embedded font (Latin, Greek, Cyrillic), so that labels look the same everywhere and need no
 * font of the machine's: servers often have none. Other scripts take the machine's font, where it has one for them.
 */
final class LabelFont {
    private static final String RESOURCE = "roboto-medium.outlines.gz";
    private static final int UNITS_PER_EM = 2_048;
    private static final double ASCENT = 1_900.0 / UNITS_PER_EM;
    private static final double DESCENT = 500.0 / UNITS_PER_EM;
    private static final int UNKNOWN_ADVANCE = 1_100;
    private static final Rectangle2D UNKNOWN_BOX = new Rectangle2D.Double(130, 0, 840, 1_456);
    private static final Rectangle2D UNKNOWN_HOLE = new Rectangle2D.Double(260, 130, 580, 1_196);
    private static final Map<Integer, Glyph> GLYPHS = load();

    private LabelFont() {}

    /** In font units, y upwards. */
    private record Glyph(int advance, Shape outline) {}

    /** A line of text: its outline from the baseline's beginning on, y downwards, and how far it reaches. */
    record Line(Shape outline, double width) {}

    /** Height above the baseline that any line needs, in units of its size. */
    static double ascent() {
        return ASCENT;
    }

    /** Depth below the baseline that any line needs, in units of its size. */
    static double descent() {
        return DESCENT;
    }

    /** The outline of a text in pixels. */
    static Line line(String text, double size) {
        boolean known = text.codePoints().allMatch(GLYPHS::containsKey);
        if (!known) {
            Line other = withMachineFont(text, size);
            if (other != null) {
                return other;
            }
        }
        double scale = size / UNITS_PER_EM;
        Path2D outline = new Path2D.Double();
        double x = 0;
        for (int codePoint : text.codePoints().toArray()) {
            Glyph glyph = GLYPHS.getOrDefault(codePoint, unknown());
            AffineTransform place = AffineTransform.getTranslateInstance(x, 0);
            place.scale(scale, -scale);
            outline.append(place.createTransformedShape(glyph.outline()), false);
            x += glyph.advance() * scale;
        }
        return new Line(outline, x);
    }

    /** Null where the machine has no font for all of it. */
    private static @Nullable Line withMachineFont(String text, double size) {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont((float) size);
            if (font.canDisplayUpTo(text) >= 0) {
                return null;
            }
            FontRenderContext context = new FontRenderContext(null, true, true);
            char[] characters = text.toCharArray();
            var glyphs = font.layoutGlyphVector(context, characters, 0, characters.length, Font.LAYOUT_LEFT_TO_RIGHT);
            return new Line(glyphs.getOutline(), glyphs.getLogicalBounds().getWidth());
        } catch (RuntimeException | LinkageError | InternalError e) {
            return null; // a Java without fonts fails in many ways, and boxes in place of letters still tell more
        }
    }

    /** An empty box. */
    private static Glyph unknown() {
        Path2D box = new Path2D.Double();
        box.append(UNKNOWN_BOX, false);
        box.moveTo(UNKNOWN_HOLE.getMinX(), UNKNOWN_HOLE.getMinY()); // round the other way, so that it is cut out
        box.lineTo(UNKNOWN_HOLE.getMinX(), UNKNOWN_HOLE.getMaxY());
        box.lineTo(UNKNOWN_HOLE.getMaxX(), UNKNOWN_HOLE.getMaxY());
        box.lineTo(UNKNOWN_HOLE.getMaxX(), UNKNOWN_HOLE.getMinY());
        box.closePath();
        return new Glyph(UNKNOWN_ADVANCE, box);
    }

    private static Map<Integer, Glyph> load() {
        Map<Integer, Glyph> glyphs = new HashMap<>();
        try (InputStream packed = Objects.requireNonNull(LabelFont.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    StringTokenizer words = new StringTokenizer(line);
                    int codePoint = Integer.parseInt(words.nextToken(), 16);
                    int advance = Integer.parseInt(words.nextToken());
                    glyphs.put(codePoint, new Glyph(advance, outline(words)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(glyphs);
    }

    private static Path2D outline(StringTokenizer words) {
        Path2D path = new Path2D.Double();
        while (words.hasMoreTokens()) {
            switch (words.nextToken()) {
                case "M" -> path.moveTo(number(words), number(words));
                case "L" -> path.lineTo(number(words), number(words));
                case "Q" -> path.quadTo(number(words), number(words), number(words), number(words));
                default -> path.closePath();
            }
        }
        return path;
    }

    private static double number(StringTokenizer words) {
        return Double.parseDouble(words.nextToken());
    }
}
