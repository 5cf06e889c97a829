package io.glip4j.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Picture;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionPainterTest {
    private static final int GRAY = 0x808080;
    private final DetectionPainter painter = new DetectionPainter();

    @Test
    void drawsBoxAndTagInThePhrasesColour() {
        Color colour = PhraseColours.of(List.of("dog")).of("dog");
        BufferedImage image = painter.paint(gray(400, 300), List.of(found("dog", 0.87, 100, 100, 250, 200)));
        for (int[] onLine : new int[][] {{100, 150}, {250, 150}, {175, 100}, {175, 200}}) {
            assertThat(rgb(image, onLine[0], onLine[1])).isEqualTo(colour.getRGB() & 0xFFFFFF);
        }
        assertThat(rgb(image, 175, 150)).isEqualTo(GRAY);
        assertThat(rgb(image, 101, 85)).as("tag above the box").isEqualTo(colour.getRGB() & 0xFFFFFF);
        long letters = IntStream.range(82, 96)
                .mapToLong(y -> IntStream.range(100, 160)
                        .filter(x -> rgb(image, x, y) != (colour.getRGB() & 0xFFFFFF))
                        .count())
                .sum();
        assertThat(letters).as("samples touched by letters").isBetween(100L, 500L);
    }

    @Test
    void thePictureIsSeenThroughMasksAndMasksMeetTheBetterOnTop() {
        int colour = PhraseColours.of(List.of("dog", "cat")).of("dog").getRGB();
        int other = PhraseColours.of(List.of("dog", "cat")).of("cat").getRGB();
        BufferedImage image = painter.paint(
                gray(400, 300),
                new Segments(
                        400,
                        300,
                        List.of(
                                new Segment(found("dog", 0.9, 100, 100, 300, 250), square(120, 120, 100)),
                                new Segment(found("cat", 0.5, 100, 100, 300, 250), square(170, 120, 100)))));
        assertThat(rgb(image, 140, 180)).isEqualTo(half(colour));
        assertThat(rgb(image, 200, 180)).as("under both").isEqualTo(half(colour));
        assertThat(rgb(image, 250, 180)).isEqualTo(half(other));
        assertThat(rgb(image, 290, 230)).as("inside the box, beside the masks").isEqualTo(GRAY);
    }

    private static int half(int colour) {
        int rgb = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            rgb |= Math.round((((colour >> shift) & 255) + 128) / 2f) << shift;
        }
        return rgb;
    }

    private static RunLengthMask square(int left, int top, int side) {
        boolean[] pixels = new boolean[400 * 300];
        for (int y = top; y < top + side; y++) {
            Arrays.fill(pixels, y * 400 + left, y * 400 + left + side, true);
        }
        return RunLengthMask.ofPixels(300, 400, pixels);
    }

    @Test
    void masksOfAnotherPictureAreRefused() {
        Segments small = new Segments(400, 300, List.of(new Segment(found("dog", 0.9, 1, 1, 9, 9), square(0, 0, 10))));
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> painter.paint(gray(40, 30), small))
                .withMessageContaining("wanted a mask of the picture's size, 40 x 30, got one of 400 x 300");
    }

    @Test
    void leavesThePictureAloneWithoutDetections() {
        BufferedImage image = painter.paint(gray(5, 4), List.of());
        assertThat(image.getRGB(0, 0, 5, 4, null, 0, 5)).containsOnly(0xFF000000 | GRAY);
    }

    @Test
    void survivesOddBoxesPhrasesAndSizes() {
        List<Detection> odd = List.of(
                found("outside", 0.5, -50, -60, -10, -20),
                found("far", 0.5, 900, 900, 1_000, 1_000),
                found("inverted", 0.5, 8, 8, 2, 2),
                found("nothing", 0.5, Double.NaN, 0, Double.POSITIVE_INFINITY, 3),
                found("\u6771\u4EAC \uD83D\uDC36 \u0627\u0644\n\t\u0000\uD83D", 0.1, 1, 1, 9, 9),
                found("very long ".repeat(200), 1, 0, 0, 20, 20));
        for (int side : new int[] {1, 2, 10, 333}) {
            assertThat(painter.paint(gray(side, side), odd).getWidth()).isEqualTo(side);
        }
    }

    @Test
    void savesAPngAndReplacesIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.png");
        Files.writeString(file, "old");
        List<Detection> detections = List.of(found("dog", 0.5, 5, 5, 60, 50));
        painter.save(gray(80, 70), detections, file);
        BufferedImage expected = painter.paint(gray(80, 70), detections);
        BufferedImage saved = ImageIO.read(file.toFile());
        assertThat(saved.getRGB(0, 0, 80, 70, null, 0, 80)).isEqualTo(expected.getRGB(0, 0, 80, 70, null, 0, 80));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        for (Path bad : List.of(folder, folder.resolve("missing/out.png"))) {
            assertThatExceptionOfType(GlipException.class)
                    .isThrownBy(() -> painter.save(gray(8, 7), detections, bad))
                    .withMessageContaining(bad.toString())
                    .matches(e -> e.code() == ErrorCode.CANNOT_WRITE);
        }
    }

    @Test
    void everyColourIsReadableAndEveryPhraseHasItsOwn() {
        for (Color colour : PhraseColours.palette()) {
            assertThat(PhraseColours.contrast(colour, PhraseColours.textOn(colour)))
                    .isGreaterThanOrEqualTo(PhraseColours.READABLE);
        }
        List<String> phrases =
                IntStream.range(0, 20).mapToObj(i -> "phrase " + i).toList();
        PhraseColours colours = PhraseColours.of(phrases);
        assertThat(phrases.stream().map(colours::of)).doesNotHaveDuplicates();
        assertThat(PhraseColours.of(List.of("dog", "cat")).of("dog"))
                .isEqualTo(PhraseColours.of(List.of("dog")).of("dog"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tagsStayInsideAndApart(long seed) {
        Random random = new Random(seed);
        List<Rectangle2D> boxes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double x = random.nextDouble(560);
            double y = random.nextDouble(400);
            boxes.add(new Rectangle2D.Double(x, y, random.nextDouble(640 - x), random.nextDouble(480 - y)));
        }
        boxes.addAll(List.of(boxes.get(0), boxes.get(0))); // the very same box three times
        TagLayout layout = new TagLayout(640, 480, boxes);
        List<Rectangle2D> tags =
                boxes.stream().map(box -> layout.place(box, 90, 18)).toList();
        Rectangle2D picture = new Rectangle2D.Double(0, 0, 640, 480);
        for (int i = 0; i < tags.size(); i++) {
            assertThat(picture.contains(tags.get(i))).isTrue();
            for (int k = 0; k < i; k++) {
                assertThat(tags.get(i).intersects(tags.get(k)))
                        .as("seed %d, tags %d and %d", seed, i, k)
                        .isFalse();
            }
        }
    }

    @Test
    void lettersNeedNoFontOfTheMachine() {
        assertThat(LabelFont.line("", 10).width()).isZero();
        assertThat(LabelFont.line("WW", 10).width())
                .isGreaterThan(LabelFont.line("ii", 10).width());
        TreeSet<String> distinct = new TreeSet<>();
        for (String letter : List.of("a", "\u00E9", "\u00DF", "\u03BB", "\u0416", "7", "%", "\u2026")) {
            Rectangle2D bounds = LabelFont.line(letter, 100).outline().getBounds2D();
            assertThat(bounds.getHeight()).as(letter).isBetween(5.0, 120.0);
            distinct.add(bounds.toString());
        }
        assertThat(distinct).hasSize(8);
    }

    private static Detection found(String phrase, double score, double x1, double y1, double x2, double y2) {
        return new Detection(phrase, new Span(0, 1), score, new BoxXyxy(x1, y1, x2, y2), List.of(score));
    }

    private static Picture gray(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) GRAY);
        return new Picture(width, height, rgb);
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }
}
