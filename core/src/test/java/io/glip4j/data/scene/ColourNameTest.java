package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ColourNameTest {
    @ParameterizedTest
    @CsvSource({
        "DD2E44,RED", "F8312F,RED", "8B0000,RED", "F4900C,ORANGE", "FF822D,ORANGE", "FFCC4D,YELLOW", "FFD700,YELLOW",
        "77B255,GREEN", "006400,GREEN", "3B88C3,BLUE", "000080,BLUE", "87CEEB,BLUE", "9266CC,PURPLE", "800080,PURPLE",
        "FF69B4,PINK", "FFC0CB,PINK", "8B4513,BROWN", "7D4533,BROWN", "FFFFFF,WHITE", "F5F8FA,WHITE", "808080,GRAY",
        "99AAB5,", "000000,BLACK", "292F33,BLACK", "40E0D0,", "D8FF2F,", "C1694F,BROWN", "FFE0BD,"
    })
    void namesWhatPeopleCallIt(String hex, ColourName name) {
        int rgb = Integer.parseInt(hex, 16);
        int number = ColourName.of((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);
        assertThat(number).isEqualTo(name == null ? ColourName.BETWEEN : name.number());
    }

    @ParameterizedTest
    @EnumSource
    void theTypicalColourHasItsName(ColourName name) {
        int rgb = name.typical();
        assertThat(ColourName.of((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255))
                .isEqualTo(name.number());
    }

    @Test
    void aThingHasOneColourOrNone() {
        assertThat(shares(ColourName.RED, 70, ColourName.BLACK, 20, ColourName.WHITE, 10)
                        .name())
                .contains(ColourName.RED);
        assertThat(shares(ColourName.RED, 60, ColourName.GREEN, 35, ColourName.BLACK, 5)
                        .name())
                .isEmpty();
        assertThat(shares(ColourName.BLACK, 80, ColourName.WHITE, 15, ColourName.RED, 5)
                        .name())
                .contains(ColourName.BLACK);
        assertThat(ColourShares.ofCounts(new int[ColourName.COUNT + 1]).name()).isEqualTo(Optional.empty());
    }

    @Test
    void whatIsAThirdRedIsNeitherRedNorNotRed() {
        ColourShares shares = shares(ColourName.RED, 35, ColourName.GREEN, 60, ColourName.BLUE, 5);
        assertThat(shares.is(ColourName.RED)).isEqualTo(Verdict.UNCLEAR);
        assertThat(shares.is(ColourName.YELLOW)).isEqualTo(Verdict.NO);
        assertThat(shares(ColourName.RED, 90, ColourName.GREEN, 5, ColourName.BLUE, 5)
                        .is(ColourName.RED))
                .isEqualTo(Verdict.YES);
    }

    private static ColourShares shares(ColourName a, int ofA, ColourName b, int ofB, ColourName c, int ofC) {
        int[] counts = new int[ColourName.COUNT + 1];
        counts[a.number()] += ofA;
        counts[b.number()] += ofB;
        counts[c.number()] += ofC;
        return ColourShares.ofCounts(counts);
    }

    @ParameterizedTest
    @EnumSource
    void anInkMakesAnyMiddlingDrawingItsColour(ColourName name) {
        int[] pixels = new int[200];
        for (int i = 0; i < pixels.length; i++) {
            int gray = 130 + i * 120 / pixels.length;
            pixels[i] = 0xFF000000 | (gray << 16) | (gray << 8) | (gray / 2);
        }
        Restyle.ink(name, new SplittableRandom(4)).apply(pixels);
        int[] counts = new int[ColourName.COUNT + 1];
        for (int pixel : pixels) {
            counts[ColourName.of((pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255)]++;
        }
        assertThat(ColourShares.ofCounts(counts).name()).contains(name);
    }
}
