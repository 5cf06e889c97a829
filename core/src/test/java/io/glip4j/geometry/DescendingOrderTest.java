package io.glip4j.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescendingOrderTest {
    @Test
    void equalScoresStayInOrder() {
        assertThat(DescendingOrder.of(new float[] {0.5f, 0.9f, 0.5f, 1e-30f, 0.9f, 0}))
                .containsExactly(1, 4, 0, 2, 3, 5);
    }

    @Test
    void negativeScoresComeLast() {
        assertThat(DescendingOrder.of(new float[] {-1, Float.POSITIVE_INFINITY, -2, 3, Float.NEGATIVE_INFINITY}))
                .containsExactly(1, 3, 0, 2, 4);
    }

    @Test
    void nothingIsSortedAsNothing() {
        assertThat(DescendingOrder.of(new float[0])).isEmpty();
    }
}
