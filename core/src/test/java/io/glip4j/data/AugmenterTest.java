package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    private static final SampleText CATS = new ClassNames(List.of("cat", "dog"), List.of(0, 1));
    private static final int WIDTH = 60;
    private static final int HEIGHT = 40;
    private static final BoxXyxy RED = new BoxXyxy(5, 6, 24, 20);
    private static final BoxXyxy GREEN = new BoxXyxy(30, 10, 50, 35);

    /** Black, with one red and one green rectangle that fill their boxes. */
    private static Picture scene() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        fill(rgb, RED, 0);
        fill(rgb, GREEN, 1);
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    private static void fill(byte[] rgb, BoxXyxy box, int channel) {
        for (int y = (int) box.y1(); y <= box.y2(); y++) {
            for (int x = (int) box.x1(); x <= box.x2(); x++) {
                rgb[(y * WIDTH + x) * 3 + channel] = (byte) 255;
            }
        }
    }

    /** Nearest pixel, so that colours stay pure. */
    private static Picture nearest(Picture from, int shorterSide, int longerSide) {
        double scale = Math.min(
                (double) shorterSide / Math.min(from.width(), from.height()),
                (double) longerSide / Math.max(from.width(), from.height()));
        int width = (int) Math.round(from.width() * scale);
        int height = (int) Math.round(from.height() * scale);
        byte[] to = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = (Math.min(from.height() - 1, (int) ((y + 0.5) / scale)) * from.width()
                                + Math.min(from.width() - 1, (int) ((x + 0.5) / scale)))
                        * 3;
                System.arraycopy(from.rgb(), source, to, (y * width + x) * 3, 3);
            }
        }
        return new Picture(width, height, to);
    }

    /** The rectangle of one colour, last pixel inside. */
    private static BoxXyxy found(Picture picture, int channel) {
        int x1 = Integer.MAX_VALUE;
        int y1 = Integer.MAX_VALUE;
        int x2 = -1;
        int y2 = -1;
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            boolean pure = (picture.rgb()[3 * i + channel] & 255) == 255 && picture.rgb()[3 * i + 2] == 0;
            if (pure) {
                x1 = Math.min(x1, i % picture.width());
                x2 = Math.max(x2, i % picture.width());
                y1 = Math.min(y1, i / picture.width());
                y2 = Math.max(y2, i / picture.width());
            }
        }
        return new BoxXyxy(x1, y1, x2, y2);
    }

    private static Augmented run(AugmentConfig config, SampleText text, int seed) {
        return new Augmenter(config, AugmenterTest::nearest)
                .augment(scene(), List.of(RED, GREEN), text, new SplittableRandom(seed));
    }

    private static void assertBoxesFollow(Augmented made, double tolerance) {
        for (int i = 0; i < made.boxes().size(); i++) {
            BoxXyxy box = made.boxes().get(i);
            BoxXyxy seen = found(made.picture(), made.kept().get(i));
            assertThat(box.x1()).isCloseTo(seen.x1(), within(tolerance));
            assertThat(box.y1()).isCloseTo(seen.y1(), within(tolerance));
            assertThat(box.x2()).isCloseTo(seen.x2(), within(tolerance));
            assertThat(box.y2()).isCloseTo(seen.y2(), within(tolerance));
            assertCornersFollow(made, made.kept().get(i) == 0 ? RED : GREEN, seen);
        }
    }

    /** What can be seen of a rectangle comes from within it on the original picture. */
    private static void assertCornersFollow(Augmented made, BoxXyxy original, BoxXyxy seen) {
        Placement placement = made.placement();
        double pixel = 1.5 / Math.abs(placement.scaleX()); // the resizer here takes the nearest pixel
        for (double x : new double[] {seen.x1() + 0.5, seen.x2() + 0.5}) {
            assertThat(placement.originalX(x)).isBetween(original.x1() - pixel, original.x2() + 1 + pixel);
        }
        for (double y : new double[] {seen.y1() + 0.5, seen.y2() + 0.5}) {
            assertThat(placement.originalY(y)).isBetween(original.y1() - pixel, original.y2() + 1 + pixel);
        }
    }

    @Test
    void flipsHalfOfThePicturesWithTheirBoxes() {
        AugmentConfig config = AugmentConfig.resizedTo(List.of(HEIGHT), WIDTH);
        int flipped = 0;
        for (int seed = 0; seed < 100; seed++) {
            Augmented made = run(config, CATS, seed);
            assertBoxesFollow(made, 0);
            flipped += made.boxes().get(0).equals(RED) ? 0 : 1;
        }
        assertThat(flipped).isBetween(35, 65);
    }

    @Test
    void neverFlipsWordsOfSides() {
        AugmentConfig config = AugmentConfig.resizedTo(List.of(HEIGHT), WIDTH).withFlip(1);
        SampleText sides = new Caption("the Leftmost cat, a dog", List.of(List.of(), List.of()));
        SampleText others = new Caption("a bright copyright", List.of(List.of(), List.of()));
        assertThat(run(config, sides, 1).boxes()).containsExactly(RED, GREEN);
        assertThat(run(config, others, 1).boxes()).doesNotContain(RED);
        assertThat(Augmenter.speaksOfSides(new ClassNames(List.of("cat", "left shoe"), List.of())))
                .isTrue();
    }

    @Test
    void cropsZoomsOutAndResizesWithTheBoxes() {
        AugmentConfig config = AugmentConfig.resizedTo(List.of(80, 120), 240)
                .withCrop(0.5, 0.4)
                .withZoomOut(0.5, 2);
        int cut = 0;
        for (int seed = 0; seed < 200; seed++) {
            Augmented made = run(config, CATS, seed);
            assertThat(made.boxes()).isNotEmpty();
            assertThat(Math.min(made.picture().width(), made.picture().height()))
                    .isLessThanOrEqualTo(120);
            assertBoxesFollow(made, 12);
            cut += made.boxes().size() < 2 ? 1 : 0;
        }
        assertThat(cut).isPositive();
    }

    @Test
    void isTheSameForTheSameSeed() {
        AugmentConfig config = AugmentConfig.resizedTo(List.of(80, 120), 240)
                .withCrop(0.5, 0.4)
                .withColour(ColourJitter.MILD);
        assertThat(run(config, CATS, 4).picture().rgb())
                .isEqualTo(run(config, CATS, 4).picture().rgb());
        assertThat(run(config, CATS, 4).picture().rgb())
                .isNotEqualTo(run(config, CATS, 5).picture().rgb());
    }

    @Test
    void turnsColoursAboutGray() {
        Picture one = new Picture(2, 1, new byte[] {(byte) 200, 0, 0, 90, 90, 90});
        assertThat(PictureEdits.recolour(one, 1, 1, 1, 0).rgb()).isEqualTo(one.rgb());
        byte[] third =
                PictureEdits.recolour(one, 1, 1, 1, (float) (2 * Math.PI / 3)).rgb();
        assertThat(third).containsExactly(0, (byte) 200, 0, 90, 90, 90);
        byte[] gray = PictureEdits.recolour(one, 1, 1, 0, 0).rgb();
        assertThat(gray).containsExactly(60, 60, 60, 90, 90, 90);
    }
}
