package io.glip4j.data.scene;

import io.glip4j.data.Seeds;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws the scenes of a configuration, each from its number alone; safe from many threads. */
public final class SceneMaker {
    private static final int TRIES = 6;
    private static final double REPEATED = 0.3;
    private static final double LEAST_SIDE = 0.09;
    private static final double MOST_SIDE = 0.75;
    private static final double SHADOWED = 0.4;
    private static final int MOST_SHADOW = 8;
    private static final double CROWDED = 0.5;
    private static final double MOST_COVERED = 0.5;
    private static final int CAPTIONS = 3;
    /** Numbers of the generators that one scene draws from. */
    private static final int DRAWING = 1;

    private static final int WRITING = 2;

    private final SceneConfig config;
    private final SplitIcons icons;
    private final Backdrop backdrop;

    public SceneMaker(Artwork artwork, SceneConfig config) {
        this.config = config;
        this.icons = new SplitIcons(artwork, config);
        this.backdrop = new Backdrop(config.photographs(), artwork::report);
    }

    public SceneConfig config() {
        return config;
    }

    /** Every name a scene may show, sorted: the labels of {@link SceneObject}. */
    public List<String> names() {
        return icons.nouns().stream().map(Noun::name).toList();
    }

    List<Noun> nouns() {
        return icons.nouns();
    }

    boolean mayName(String word) {
        return icons.mayName(word);
    }

    /** Scene {@code index}: the same picture and words each time. */
    public Scene scene(int index) {
        SplittableRandom random = random(index, DRAWING);
        ImageSize size = size(random);
        int width = size.width();
        int height = size.height();
        BufferedImage image = backdrop.draw(width, height, random);
        Canvas canvas = new Canvas(image);
        List<Placed> placed = place(canvas, width, height, random);
        boolean coloured = Finish.apply(canvas.rgb(), width, height, random);
        List<Thing> things = new ArrayList<>();
        List<SceneObject> objects = new ArrayList<>();
        for (Placed one : placed) {
            int number = things.size();
            Noun noun = icons.nouns().get(one.label());
            Thing thing = new Thing(number, noun, canvas.colours(number), canvas.box(number));
            things.add(thing);
            objects.add(new SceneObject(
                    noun.name(),
                    one.label(),
                    one.icon().style(),
                    coloured ? thing.colours().name().map(ColourName::toString) : Optional.empty(),
                    thing.box(),
                    canvas.mask(number),
                    canvas.seen(number)));
        }
        Things all = new Things(
                things, width, height, icons::mayName, (noun, colour) -> coloured && icons.mayName(noun, colour));
        return write(picture(canvas.rgb(), width, height), objects, all, random(index, WRITING));
    }

    /** Size of scene {@code index}, which is not drawn for it. */
    public ImageSize size(int index) {
        return size(random(index, DRAWING));
    }

    /** The first numbers of a scene's generator. */
    private ImageSize size(SplittableRandom random) {
        int other = config.shorterSide() + random.nextInt(config.longerSide() - config.shorterSide() + 1);
        boolean upright = random.nextInt(3) == 0;
        return upright ? new ImageSize(config.shorterSide(), other) : new ImageSize(other, config.shorterSide());
    }

    private Scene write(Picture picture, List<SceneObject> objects, Things things, SplittableRandom random) {
        Map<String, Scene.Description> captions = new LinkedHashMap<>();
        for (int i = 0; i < CAPTIONS; i++) {
            Scene.Description caption = new CaptionWriter(things, random).write();
            captions.putIfAbsent(caption.caption().text(), caption);
        }
        return new Scene(
                picture,
                objects,
                List.copyOf(captions.values()),
                new ReferringWriter(things, random).write(),
                new QuestionWriter(things, icons.nouns(), random).write());
    }

    private SplittableRandom random(int index, int use) {
        return Seeds.random(config.seed(), config.split().seed(), index, use);
    }

    private record Placed(int label, Icon icon) {}

    /** At least one object, whatever is drawn. */
    private List<Placed> place(Canvas canvas, int width, int height, SplittableRandom random) {
        int wanted = 1 + random.nextInt(config.mostObjects());
        double mostCovered = random.nextDouble() < CROWDED ? MOST_COVERED : 0.1;
        List<Placed> placed = new ArrayList<>();
        for (int attempt = 0; attempt < TRIES * wanted || placed.isEmpty(); attempt++) {
            if (placed.size() == wanted) {
                break;
            }
            boolean again = !placed.isEmpty() && random.nextDouble() < REPEATED;
            int label = again
                    ? placed.get(random.nextInt(placed.size())).label()
                    : random.nextInt(icons.nouns().size());
            double side = side(wanted, random) * Math.min(width, height);
            Pose pose = Pose.draw(width, height, side, random);
            layer(label, pose, random).ifPresent(layer -> {
                int shadow = random.nextDouble() < SHADOWED ? 1 + random.nextInt(MOST_SHADOW) : 0;
                if (canvas.place(layer.layer(), mostCovered, shadow)) {
                    placed.add(new Placed(label, layer.icon()));
                }
            });
        }
        return placed;
    }

    /** As a share of the picture's shorter side: all orders of size as likely, fewer large ones in a crowd. */
    private static double side(int wanted, SplittableRandom random) {
        double most = Math.max(0.3, MOST_SIDE - 0.05 * (wanted - 1));
        return LEAST_SIDE * Math.pow(most / LEAST_SIDE, random.nextDouble());
    }

    private record Drawn(Icon icon, Layer layer) {}

    private Optional<Drawn> layer(int label, Pose pose, SplittableRandom random) {
        Noun noun = icons.nouns().get(label);
        Icon icon = icons.icon(label, random);
        Restyle look = icons.look(noun, random);
        return icon.sprite(pose.side())
                .map(sprite -> new Drawn(icon, Layer.of(sprite, pose, look)))
                .filter(drawn -> icons.mayShow(noun, drawn.layer().colours()));
    }

    private static Picture picture(int[] rgb, int width, int height) {
        byte[] samples = new byte[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[3 * i] = (byte) (rgb[i] >> 16);
            samples[3 * i + 1] = (byte) (rgb[i] >> 8);
            samples[3 * i + 2] = (byte) rgb[i];
        }
        return new Picture(width, height, samples);
    }
}
