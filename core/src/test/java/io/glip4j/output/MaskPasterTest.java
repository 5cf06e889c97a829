package io.glip4j.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.UnitGolden;
import io.glip4j.geometry.BoxXyxy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskPasterTest {
    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void pastesEveryPixelAsRecorded(UnitGolden golden) {
        float[] boxes = golden.floats("paste.boxes_xyxy");
        float[] masks = golden.floats("paste.masks");
        byte[] expected = golden.bytes("paste.pasted");
        long[] shape = golden.shape("paste.pasted");
        int height = (int) shape[2];
        int width = (int) shape[3];
        int size = (int) golden.shape("paste.masks")[3];
        for (int i = 0; i < shape[0]; i++) {
            BoxXyxy box = new BoxXyxy(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
            float[] mask = Arrays.copyOfRange(masks, i * size * size, (i + 1) * size * size);
            Mask pasted = MaskPaster.PUBLISHED.paste(mask, size, box, width, height);
            assertThat(pasted.pixels())
                    .as("mask " + i)
                    .isEqualTo(Arrays.copyOfRange(expected, i * width * height, (i + 1) * width * height));
        }
    }

    @Test
    void aBoxOutsideThePictureGivesAnEmptyMask() {
        float[] full = new float[28 * 28];
        Arrays.fill(full, 1);
        Mask mask = MaskPaster.PUBLISHED.paste(full, 28, new BoxXyxy(500, 500, 600, 600), 20, 10);
        assertThat(mask.area()).isZero();
        Mask before = MaskPaster.PUBLISHED.paste(full, 28, new BoxXyxy(-600, -600, -500, -500), 20, 10);
        assertThat(before.area()).isZero();
    }

    @Test
    void aFullMaskFillsItsBox() {
        float[] full = new float[28 * 28];
        Arrays.fill(full, 1);
        Mask mask = MaskPaster.PUBLISHED.paste(full, 28, new BoxXyxy(5, 2, 14, 7), 20, 10);
        assertThat(mask.contains(9, 5)).isTrue();
        assertThat(mask.contains(3, 5)).isFalse();
        assertThat(mask.area()).isBetween(10 * 6, 11 * 7);
    }

    @Test
    void theMaskMustBeSquare() {
        assertThatThrownBy(() -> MaskPaster.PUBLISHED.paste(new float[5], 2, new BoxXyxy(0, 0, 1, 1), 4, 4))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("2 x 2 numbers, got 5");
    }
}
