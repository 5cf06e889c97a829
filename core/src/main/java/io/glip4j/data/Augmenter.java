package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Varies a training picture: crop or zoom-out, resize, flip, colours, in this order; boxes follow. */
public final class Augmenter {
    /** Brings a picture to a size by the network's own rule. */
    public interface Resizer {
        /** The picture with its shorter side at {@code shorterSide} and its longer at most {@code longerSide}. */
        Picture resize(Picture picture, int shorterSide, int longerSide);
    }

    private static final Pattern SIDES = Pattern.compile("(?iu)\\b(left|right)");
    private static final Pattern PLACES = Pattern.compile(
            "(?iu)\\b((on|at|in) the (far )?(left|right|top|bottom|middle|cent(er|re)|corner)|\\w+ corner|(left|right|top|bottom)most)\\b");
    private static final int CROP_TRIES = 20;
    private static final double LEAST_VISIBLE = 0.3;
    private static final double LEAST_PIXELS = 1;
    /** The mean the network subtracts, in RGB: empty canvas looks like padding. */
    private static final int[] EMPTY = {124, 116, 104};

    private final AugmentConfig config;
    private final Resizer resizer;

    public Augmenter(AugmentConfig config, Resizer resizer) {
        this.config = config;
        this.resizer = resizer;
    }

    /** What {@code random} makes of a decoded picture; always at least one box is left where there was one. */
    public Augmented augment(Picture decoded, List<BoxXyxy> boxes, SampleText text, SplittableRandom random) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            all.add(i);
        }
        Augmented whole = new Augmented(decoded, boxes, all, Placement.UNCHANGED);
        boolean ofAllOfIt = text.task() != Task.GROUND || speaksOfPlaces(text); // what is said holds of no part
        Augmented framed = ofAllOfIt ? whole : frame(whole, random);
        int shorterSide =
                config.shorterSides().get(random.nextInt(config.shorterSides().size()));
        Augmented resized = resize(framed, shorterSide);
        boolean flips = random.nextDouble() < config.flipProbability() && !speaksOfSides(text);
        return recolour(flips ? flip(resized) : resized, random);
    }

    private Augmented frame(Augmented whole, SplittableRandom random) {
        double choice = random.nextDouble();
        if (choice < config.cropProbability()) {
            return crop(whole, random);
        }
        if (choice < config.cropProbability() + config.zoomOutProbability()) {
            return zoomOut(whole, random);
        }
        return whole;
    }

    private Augmented crop(Augmented whole, SplittableRandom random) {
        Picture picture = whole.picture();
        for (int attempt = 0; attempt < CROP_TRIES; attempt++) {
            int width = share(picture.width(), random);
            int height = share(picture.height(), random);
            int x = random.nextInt(picture.width() - width + 1);
            int y = random.nextInt(picture.height() - height + 1);
            Augmented boxesInside = keepVisible(whole, x, y, width, height);
            if (!boxesInside.boxes().isEmpty() || whole.boxes().isEmpty()) {
                return new Augmented(
                        PictureEdits.crop(picture, x, y, width, height),
                        boxesInside.boxes(),
                        boxesInside.kept(),
                        whole.placement().moved(-x, -y));
            }
        }
        return whole;
    }

    private int share(int side, SplittableRandom random) {
        double part = config.cropLeastSide() + random.nextDouble() * (1 - config.cropLeastSide());
        return Math.max(1, (int) Math.round(side * part));
    }

    private static Augmented keepVisible(Augmented whole, int x, int y, int width, int height) {
        List<BoxXyxy> boxes = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < whole.boxes().size(); i++) {
            BoxXyxy box = whole.boxes().get(i);
            double x1 = Math.max(box.x1() - x, 0);
            double y1 = Math.max(box.y1() - y, 0);
            double x2 = Math.min(box.x2() - x, width - 1);
            double y2 = Math.min(box.y2() - y, height - 1);
            double area = (box.x2() - box.x1() + 1) * (box.y2() - box.y1() + 1);
            double seen = Math.max(0, x2 - x1 + 1) * Math.max(0, y2 - y1 + 1);
            if (seen >= LEAST_VISIBLE * area && x2 - x1 >= LEAST_PIXELS && y2 - y1 >= LEAST_PIXELS) {
                boxes.add(new BoxXyxy(x1, y1, x2, y2));
                kept.add(whole.kept().get(i));
            }
        }
        return new Augmented(whole.picture(), boxes, kept, whole.placement());
    }

    private Augmented zoomOut(Augmented whole, SplittableRandom random) {
        Picture picture = whole.picture();
        double factor = 1 + random.nextDouble() * (config.zoomOutMost() - 1);
        int width = (int) Math.round(picture.width() * factor);
        int height = (int) Math.round(picture.height() * factor);
        int x = random.nextInt(width - picture.width() + 1);
        int y = random.nextInt(height - picture.height() + 1);
        return new Augmented(
                PictureEdits.place(picture, x, y, width, height, EMPTY),
                moved(whole, box -> new BoxXyxy(box.x1() + x, box.y1() + y, box.x2() + x, box.y2() + y)),
                whole.kept(),
                whole.placement().moved(x, y));
    }

    private Augmented resize(Augmented framed, int shorterSide) {
        Picture from = framed.picture();
        Picture to = resizer.resize(from, shorterSide, config.longerSide());
        double across = (double) to.width() / from.width();
        double down = (double) to.height() / from.height();
        return new Augmented(
                to,
                moved(
                        framed,
                        box -> new BoxXyxy(box.x1() * across, box.y1() * down, box.x2() * across, box.y2() * down)),
                framed.kept(),
                framed.placement().stretched(across, down));
    }

    private static Augmented flip(Augmented upright) {
        int last = upright.picture().width() - 1;
        return new Augmented(
                PictureEdits.flip(upright.picture()),
                moved(upright, box -> new BoxXyxy(last - box.x2(), box.y1(), last - box.x1(), box.y2())),
                upright.kept(),
                upright.placement().flipped(upright.picture().width()));
    }

    private static List<BoxXyxy> moved(Augmented picture, Function<BoxXyxy, BoxXyxy> move) {
        return picture.boxes().stream().map(move).toList();
    }

    private Augmented recolour(Augmented plain, SplittableRandom random) {
        ColourJitter jitter = config.colour();
        if (jitter.equals(ColourJitter.NONE)) {
            return plain;
        }
        Picture picture = PictureEdits.recolour(
                plain.picture(),
                (float) (1 + around(random, jitter.brightness())),
                (float) (1 + around(random, jitter.contrast())),
                (float) (1 + around(random, jitter.saturation())),
                (float) (2 * Math.PI * around(random, jitter.hue())));
        return new Augmented(picture, plain.boxes(), plain.kept(), plain.placement());
    }

    private static double around(SplittableRandom random, double range) {
        return (2 * random.nextDouble() - 1) * range;
    }

    /** In a part of the picture, or on a larger canvas, these words may be wrong. */
    static boolean speaksOfPlaces(SampleText text) {
        return text instanceof Caption caption && PLACES.matcher(caption.text()).find();
    }

    /** Exchanging left and right would make these words wrong. */
    static boolean speaksOfSides(SampleText text) {
        if (text instanceof Caption caption) {
            return speaksOfSides(caption.text());
        }
        if (text instanceof PictureDescription description) {
            return speaksOfSides(description.text());
        }
        if (text instanceof AnsweredQuestion question) {
            return speaksOfSides(question.text())
                    || question.scores().keySet().stream().anyMatch(Augmenter::speaksOfSides);
        }
        if (text instanceof PictureTexts texts) {
            return texts.each().stream().anyMatch(Augmenter::speaksOfSides);
        }
        return ((ClassNames) text).vocabulary().stream().anyMatch(Augmenter::speaksOfSides);
    }

    private static boolean speaksOfSides(String words) {
        return SIDES.matcher(words).find();
    }
}
