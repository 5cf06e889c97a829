package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.Task;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Masks through the facade, by a small network that has learned nothing: everything is a little of anything. */
@ExtendWith(OneThread.class)
class GlipSegmentTest {
    private static final Prompt PROMPT = Prompt.classes(List.of("cat", "red car"));

    @TempDir
    private static Path folder;

    private static Path file;
    private static Glip glip;
    private static Picture picture;

    @BeforeAll
    static void load() {
        GlipConfig config = SmallNetworks.english().withAlso(Set.of(Head.MASK));
        file = folder.resolve("small.safetensors");
        try (TrainableModel model = TrainableModel.fresh(config, 6)) {
            SmallNetworks.makeEverythingLikely(model.network().parameters());
            model.write(file, TrainConfig.published(1), Precision.FULL);
        }
        glip = Glip.load(file);
        byte[] pixels = new byte[3 * 80 * 60];
        new Random(4).nextBytes(pixels);
        picture = new Picture(80, 60, pixels);
    }

    @AfterAll
    static void close() {
        glip.close();
    }

    @Test
    void everyBoxHasAMaskOfThePicturesSize() {
        Segments found = glip.segment(picture, PROMPT);
        assertThat(found.grounding()).isEqualTo(glip.ground(picture, PROMPT));
        assertThat(found.segments()).hasSizeGreaterThan(20).allSatisfy(segment -> {
            assertThat(segment.mask().width()).isEqualTo(80);
            assertThat(segment.mask().height()).isEqualTo(60);
        });
        assertThat(found.segments())
                .anySatisfy(segment -> assertThat(segment.mask().area()).isPositive());
        assertThat(glip.segment(picture, PROMPT)).isEqualTo(found);
    }

    @Test
    void aThresholdLeavesTheOtherMasksAsTheyAre() {
        Segments all = glip.segment(picture, PROMPT);
        double threshold = all.segments().get(3).detection().score();
        Segments best = glip.segment(picture, PROMPT, threshold);
        assertThat(best).isEqualTo(all.above(threshold));
        assertThat(best.segments()).hasSizeBetween(4, all.segments().size() - 1);
    }

    @Test
    void aReferringExpressionHasOneMask() {
        Prompt prompt = Prompt.sentence("the giraffe on the left");
        Segments one = glip.segment(picture, prompt).bestOfEachPhrase();
        assertThat(one.segments()).hasSize(1);
        assertThat(one.segments().get(0).detection())
                .isEqualTo(glip.ground(picture, prompt).detections().get(0));
    }

    /** More names than a pass has places: every mask comes from the words of its own pass. */
    @Test
    void severalPassesGiveTheMasksOfEach() {
        List<String> names = List.of("a very old red car", "a very young brown dog", "a rather small pale grey cat");
        List<String> many = new ArrayList<>(names);
        for (int i = 0; i < 12; i++) {
            many.add("thing of the kind number " + i);
        }
        Segments together = glip.segment(picture, Prompt.classes(many));
        assertThat(together.grounding()).isEqualTo(glip.ground(picture, Prompt.classes(many)));
        assertThat(together.segments().stream()
                        .map(segment -> segment.detection().phrase())
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void allFormsDrawTheSameMasks() {
        Segments fast = glip.segment(picture, PROMPT);
        try (Glip plain = Glip.load(file, Device.CPU, Form.PLAIN)) {
            assertThat(disagreement(plain.segment(picture, PROMPT), fast)).isLessThan(0.001);
        }
        try (Glip half = Glip.load(file, Device.CPU, Form.BFLOAT16)) {
            assertThat(half.segment(picture, PROMPT).segments()).isNotEmpty();
        }
    }

    /** Share of the pixels on which the masks of the best boxes differ. */
    private static double disagreement(Segments some, Segments others) {
        long differ = 0;
        for (int i = 0; i < 5; i++) {
            boolean[] a = some.segments().get(i).mask().pixels();
            boolean[] b = others.segments().get(i).mask().pixels();
            for (int pixel = 0; pixel < a.length; pixel++) {
                differ += a[pixel] == b[pixel] ? 0 : 1;
            }
        }
        return differ / (5.0 * 80 * 60);
    }

    @Test
    void aModelWithoutTheHeadNamesTheTasksItHas() {
        Path boxes = folder.resolve("boxes.safetensors");
        try (TrainableModel model = TrainableModel.fresh(SmallNetworks.english(), 6)) {
            model.write(boxes, TrainConfig.published(1), Precision.FULL);
        }
        try (Glip without = Glip.load(boxes)) {
            assertThatThrownBy(() -> without.segment(picture, PROMPT))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_TASK))
                    .hasMessageContaining("wanted a model with the task SEGMENT, got 'small' with [GROUND");
        }
        assertThat(glip.config().tasks()).contains(Task.SEGMENT);
    }

    @Test
    void aMaskOfAnotherSizeThanThePictureIsRefused() {
        Segment found = glip.segment(picture, PROMPT).segments().get(0);
        Segment odd = new Segment(found.detection(), RunLengthMask.ofRuns(2, 3, new int[] {6}));
        assertThatThrownBy(() -> new Segments(80, 60, List.of(odd)))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("wanted a mask of the picture's size, 80 x 60, got one of 3 x 2");
    }

    @Test
    void segmentingLeavesNothingBehind() {
        glip.segment(picture, PROMPT, 0.2);
        System.gc();
        long before = Pointer.totalCount();
        for (int i = 0; i < 5; i++) {
            glip.segment(picture, PROMPT, 0.2);
        }
        System.gc();
        assertThat(Pointer.totalCount() - before).isLessThan(50);
    }
}
