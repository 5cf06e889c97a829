package io.glip4j.data.scene;

import io.glip4j.data.Caption;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureSource;
import io.glip4j.data.SampleText;
import io.glip4j.data.Seeds;
import io.glip4j.geometry.Segmentation;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Scenes to train on without files, drawn when asked for: half of the samples, or all, have class names, at times other
 * words for them, the others a caption or a referring expression. {@link #scene} has all that can be said of a sample,
 * questions and answers too.
 */
public final class SceneDataset implements GroundingDataset {
    private static final double CLASS_NAMES = 0.5;
    private static final double CAPTIONS = 0.3;
    private static final double OTHER_WORD = 0.2;
    private static final int CHOOSING = 3;

    private final SceneMaker maker;
    private final double classNames;

    private SceneDataset(SceneMaker maker, double classNames) {
        this.maker = maker;
        this.classNames = classNames;
    }

    /** With all kinds of texts. */
    public static SceneDataset ofAllKinds(SceneMaker maker) {
        return new SceneDataset(maker, CLASS_NAMES);
    }

    /** With class names alone. */
    public static SceneDataset ofClassNames(SceneMaker maker) {
        return new SceneDataset(maker, 1);
    }

    @Override
    public String name() {
        return "scenes";
    }

    @Override
    public int size() {
        return maker.config().count();
    }

    /** Scene {@code index} of 0..size-1, which sample {@code index} shows. */
    public Scene scene(int index) {
        return maker.scene(index);
    }

    @Override
    public ImageSize pictureSize(int index) {
        return maker.size(index);
    }

    /** Draws the scene, as its boxes follow from what can be seen. */
    @Override
    public GroundingSample sample(int index) {
        Scene scene = maker.scene(index);
        SplittableRandom random =
                Seeds.random(maker.config().seed(), maker.config().split().seed(), index, CHOOSING);
        double kind = random.nextDouble();
        if (kind < classNames) {
            return sample(index, scene.picture(), scene.objects(), classNames(scene, random));
        }
        if (kind < classNames + CAPTIONS || scene.expressions().isEmpty()) {
            Scene.Description chosen =
                    scene.captions().get(random.nextInt(scene.captions().size()));
            return captioned(index, scene, chosen.objects(), chosen.caption());
        }
        Expression chosen =
                scene.expressions().get(random.nextInt(scene.expressions().size()));
        return captioned(index, scene, chosen.objects(), chosen.caption());
    }

    private GroundingSample captioned(int index, Scene scene, List<Integer> objects, Caption caption) {
        List<SceneObject> named = objects.stream().map(scene.objects()::get).toList();
        return sample(index, scene.picture(), named, caption);
    }

    private GroundingSample sample(int index, Picture picture, List<SceneObject> objects, SampleText text) {
        return new GroundingSample(
                name(),
                source(index, picture),
                picture.width(),
                picture.height(),
                objects.stream().map(SceneObject::box).toList(),
                text,
                objects.stream().<Segmentation>map(SceneObject::mask).toList());
    }

    static PictureSource source(int index, Picture picture) {
        return new PictureSource() {
            @Override
            public Picture read(ImageSize annotated) {
                return picture;
            }

            @Override
            public String toString() {
                return "scene " + index;
            }
        };
    }

    /** All names, some in other words; those that are wider words for something shown are not offered as absent. */
    private ClassNames classNames(Scene scene, SplittableRandom random) {
        List<Noun> nouns = maker.nouns();
        List<Integer> labels = scene.objects().stream().map(SceneObject::label).toList();
        List<Noun> shown = labels.stream().distinct().map(nouns::get).toList();
        List<String> vocabulary = new ArrayList<>();
        List<Integer> absent = new ArrayList<>();
        for (int label = 0; label < nouns.size(); label++) {
            Noun noun = nouns.get(label);
            if (labels.contains(label)) {
                vocabulary.add(word(noun, random));
                continue;
            }
            String word = word(noun, random);
            boolean doubtful = mayMean(word, shown);
            vocabulary.add(doubtful ? noun.name() : word);
            if (!doubtful || !mayMean(noun.name(), shown)) {
                absent.add(label);
            }
        }
        return new ClassNames(vocabulary, labels, absent);
    }

    private static boolean mayMean(String word, List<Noun> shown) {
        return shown.stream().anyMatch(noun -> noun.is(word) || noun.mayBe(word));
    }

    private String word(Noun noun, SplittableRandom random) {
        if (random.nextDouble() >= OTHER_WORD) {
            return noun.name();
        }
        List<String> others = noun.others().stream().filter(maker::mayName).toList();
        return others.isEmpty() ? noun.name() : others.get(random.nextInt(others.size()));
    }
}
