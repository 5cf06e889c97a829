package io.glip4j.paint;

import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** Lays masks over a picture so that it is seen through them; where masks meet, that of the better score is on top. */
final class MaskOverlay {
    private static final double SHARE = 0.5;
    private static final double EDGE_SHARE = 0.9;
    private static final int SAMPLE = 0xFF;
    private static final int NOBODY = -1;

    private MaskOverlay() {}

    /** Changes {@code image}, which must be of the size that the masks have. */
    static void lay(Segments found, PhraseColours colours, BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        List<Segment> segments = found.segments();
        segments.forEach(segment -> Segments.requireSize(segment.mask(), width, height));
        int[] owner = owners(segments, width * height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int own = owner[y * width + x];
                if (own != NOBODY) {
                    Color colour = colours.of(segments.get(own).detection().phrase());
                    double share = onEdge(owner, x, y, width, height) ? EDGE_SHARE : SHARE;
                    image.setRGB(x, y, mixed(image.getRGB(x, y), colour.getRGB(), share));
                }
            }
        }
    }

    /** For each pixel the first mask that has it. */
    private static int[] owners(List<Segment> segments, int pixels) {
        int[] owner = new int[pixels];
        Arrays.fill(owner, NOBODY);
        for (int i = segments.size() - 1; i >= 0; i--) {
            boolean[] belongs = segments.get(i).mask().pixels();
            for (int pixel = 0; pixel < pixels; pixel++) {
                if (belongs[pixel]) {
                    owner[pixel] = i;
                }
            }
        }
        return owner;
    }

    private static boolean onEdge(int[] owner, int x, int y, int width, int height) {
        int at = y * width + x;
        return (x > 0 && owner[at - 1] != owner[at])
                || (x + 1 < width && owner[at + 1] != owner[at])
                || (y > 0 && owner[at - width] != owner[at])
                || (y + 1 < height && owner[at + width] != owner[at]);
    }

    private static int mixed(int below, int above, double share) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double sample = ((below >> shift) & SAMPLE) * (1 - share) + ((above >> shift) & SAMPLE) * share;
            rgb |= (int) Math.round(sample) << shift;
        }
        return rgb;
    }
}
