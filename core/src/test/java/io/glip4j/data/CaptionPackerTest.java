package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.input.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CaptionPackerTest {
    private static final String OWN = "𝄞 a dog and a ball";
    private static final List<Span> DOG = List.of(new Span(2, 7));
    private static final int MANY = 10_000;

    /** Captions, one a picture, but for the second, which is of the first picture too. */
    private record Lender(List<String> captions) implements GroundingDataset {
        @Override
        public String name() {
            return "lender";
        }

        @Override
        public int size() {
            return captions.size();
        }

        @Override
        public boolean lendsCaptions() {
            return true;
        }

        @Override
        public GroundingSample sample(int index) {
            return new GroundingSample(
                    name(),
                    new PictureFile(Path.of("p" + (index == 1 ? 0 : index))),
                    10,
                    10,
                    List.of(),
                    new Caption(captions.get(index), List.of()));
        }
    }

    private static int words(String text) {
        return text.split(" ").length;
    }

    private static Caption pack(Lender lender, CaptionPacking packing, int maxTokens, long seed) {
        CaptionPacker packer =
                new CaptionPacker(new OtherCaptions(List.of(lender), packing), CaptionPackerTest::words, maxTokens);
        Caption own = new Caption(OWN, List.of(DOG));
        return packer.pack(lender.sample(0), own, new SplittableRandom(seed));
    }

    private static Lender numbered(int count) {
        List<String> captions = new ArrayList<>(List.of(OWN, "the second caption of the picture"));
        for (int i = captions.size(); i < count; i++) {
            captions.add(i % 3 == 0 ? "thing number " + i + " ." : "thing number " + i);
        }
        return new Lender(captions);
    }

    @Test
    void phrasesMoveWithTheirCaption() {
        Set<Integer> places = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            Caption packed = pack(numbered(50), new CaptionPacking(4, 0, 1), MANY, seed);
            Span span = packed.phrases().get(0).get(0);
            assertThat(span.in(packed.text())).isEqualTo("a dog");
            assertThat(packed.text()).contains(OWN).doesNotContain("second").doesNotContain("..");
            places.add(packed.text().substring(0, packed.text().indexOf(OWN)).split("thing").length - 1);
        }
        assertThat(places).as("captions before the own one").containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void captionsAreDividedAsClassesAre() {
        Lender lender = new Lender(List.of(OWN, OWN, "rain", "snow ."));
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            seen.add(pack(lender, new CaptionPacking(1, 0, 1), MANY, seed).text());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(OWN, OWN + ". rain", "rain. " + OWN, OWN + ". snow .", "snow . " + OWN);
    }

    @Test
    void numbersAreNoneAllOrSome() {
        int[] counts = new int[20];
        for (int seed = 0; seed < 2_000; seed++) {
            String text =
                    pack(numbered(2_000), CaptionPacking.PUBLISHED, MANY, seed).text();
            counts[text.split("thing", -1).length - 1]++;
        }
        assertThat(counts[0]).as("none: 0.4").isBetween(720, 880);
        assertThat(counts[19]).as("all: 0.3, and a nineteenth of 0.3").isBetween(560, 710);
        for (int some = 1; some < 19; some++) {
            assertThat(counts[some]).as(some + ": a nineteenth of 0.3").isBetween(10, 60);
        }
    }

    @Test
    void theTextEncodersLimitHolds() {
        for (int seed = 0; seed < 100; seed++) {
            Caption packed = pack(numbered(500), new CaptionPacking(19, 0, 1), 30, seed);
            int pieces = packed.text().split("thing", -1).length - 1;
            int separators = pieces;
            int stops = packed.text().split(" \\.", -1).length - 1;
            int tokens = words(packed.text()) + separators + 2;
            assertThat(tokens).isLessThanOrEqualTo(30 + stops);
            assertThat(pieces).as("room for 22 tokens, 4 or 5 each").isBetween(4, 5);
        }
        assertThat(pack(numbered(500), new CaptionPacking(19, 0, 1), 8, 1).text())
                .as("no room at all")
                .isEqualTo(OWN);
    }

    @Test
    void captionsOfWhatIsThereArePassedOver() {
        Lender lender = new Lender(List.of(OWN, OWN, "two Dogs run", "my dog.", "a hot dogma"));
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            seen.add(pack(lender, new CaptionPacking(1, 0, 1), MANY, seed).text());
        }
        assertThat(seen).containsExactlyInAnyOrder(OWN, OWN + ". a hot dogma", "a hot dogma. " + OWN);
    }

    @Test
    void otherDataSetsKeepTheirCaptionsAlone() {
        Lender lender = numbered(50);
        CaptionPacker packer = new CaptionPacker(
                new OtherCaptions(List.of(lender), new CaptionPacking(19, 0, 1)), CaptionPackerTest::words, MANY);
        GroundingSample foreign = new GroundingSample(
                "another", new PictureFile(Path.of("x")), 1, 1, List.of(), new Caption(OWN, List.of()));
        SplittableRandom random = new SplittableRandom(4);

        assertThat(packer.pack(foreign, new Caption(OWN, List.of()), random).text())
                .isEqualTo(OWN);
        assertThat(random.nextLong()).as("draws nothing").isEqualTo(new SplittableRandom(4).nextLong());
        assertThatThrownBy(() -> new CaptionPacking(3, 1.5, 0)).isInstanceOf(GlipException.class);
    }
}
