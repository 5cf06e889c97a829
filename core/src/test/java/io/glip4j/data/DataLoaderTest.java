package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Picture;
import io.glip4j.input.TokenizedText;
import io.glip4j.model.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
    private static final int BATCH = 4;

    /** Every third picture is tall. */
    private static GroundingDataset numbered(String name, int size) {
        return numbered(name, size, Task.GROUND);
    }

    private static GroundingDataset numbered(String name, int size, Task task) {
        return new GroundingDataset() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Task task() {
                return task;
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public GroundingSample sample(int index) {
                boolean tall = index % 3 == 0;
                return new GroundingSample(
                        name,
                        new PictureFile(Path.of(name + index)),
                        tall ? 30 : 60,
                        40,
                        List.of(),
                        new Caption("a", List.of()));
            }
        };
    }

    private static TrainingExample slowly(GroundingSample sample, SplittableRandom random) {
        try {
            Thread.sleep(random.nextInt(3));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new TrainingExample(
                sample,
                new Picture(1, 1, new byte[3]),
                List.of(),
                Long.toString(random.nextLong()),
                new TokenizedText(List.of()),
                List.of());
    }

    private static List<String> play(Mixture mixture, int threads, int first, int last) {
        List<String> seen = new ArrayList<>();
        try (DataLoader loader =
                new DataLoader(mixture, DataLoaderTest::slowly, new DataLoader.Config(11, BATCH, threads, 3), first)) {
            for (int batch = first; batch < last; batch++) {
                for (TrainingExample example : loader.next()) {
                    seen.add(example.sample().picture() + " " + example.prompt());
                }
            }
        }
        return seen;
    }

    @Test
    void givesTheSameBatchesOnAnyNumberOfThreadsAndFromAnyStart() {
        Mixture mixture =
                new Mixture(List.of(new Mixture.Part(numbered("a", 13), 1), new Mixture.Part(numbered("b", 7), 2.5)));
        int batches = 3 * (mixture.epochSize() / BATCH) + 2;

        List<String> whole = play(mixture, 1, 0, batches);

        assertThat(play(mixture, 3, 0, batches)).isEqualTo(whole);
        assertThat(play(mixture, 2, 10, batches)).isEqualTo(whole.subList(10 * BATCH, batches * BATCH));
        assertThat(whole).doesNotHaveDuplicates();
    }

    @Test
    void showsEachPartAsOftenAsItsRepeatFactorSays() {
        Mixture mixture = new Mixture(List.of(
                new Mixture.Part(numbered("a", 12), 1),
                new Mixture.Part(numbered("b", 8), 2.5),
                new Mixture.Part(numbered("c", 10), 0.5)));
        assertThat(mixture.epochSize()).isEqualTo(12 + 20 + 5);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int number : mixture.epoch(3, 0)) {
            counts.merge(number, 1, Integer::sum);
        }
        assertThat(counts.entrySet().stream().filter(e -> e.getKey() < 12).mapToInt(Map.Entry::getValue))
                .hasSize(12)
                .containsOnly(1);
        assertThat(counts.entrySet().stream()
                        .filter(e -> e.getKey() >= 12 && e.getKey() < 20)
                        .mapToInt(Map.Entry::getValue))
                .hasSize(8)
                .containsOnly(2, 3);
        assertThat(counts.keySet().stream().filter(number -> number >= 20)).hasSize(5);
        assertThat(mixture.epoch(3, 1)).isNotEqualTo(mixture.epoch(3, 0)).hasSize(37);
    }

    @Test
    void keepsWideAndTallPicturesApart() {
        Mixture mixture = Mixture.of(numbered("a", 90));
        BatchPlan plan = new BatchPlan(mixture, 1, BATCH, 1);
        int mixed = 0;
        List<Integer> seen = new ArrayList<>();
        for (int step = 0; step < plan.batchesPerEpoch(); step++) {
            int[] batch = plan.batch(step);
            Arrays.stream(batch).forEach(seen::add);
            long tall = Arrays.stream(batch)
                    .filter(number -> mixture.sample(number).width() < 40)
                    .count();
            mixed += tall > 0 && tall < BATCH ? 1 : 0;
        }
        assertThat(mixed).isLessThanOrEqualTo(1);
        assertThat(seen).doesNotHaveDuplicates().hasSize(88);
    }

    @Test
    void fillsABatchFromASetThatIsSmaller() {
        BatchPlan plan = new BatchPlan(Mixture.of(numbered("a", 3)), 1, BATCH, 2);
        assertThat(plan.batchesPerEpoch()).isEqualTo(1);
        assertThat(plan.batch(5)).hasSize(BATCH * 2).contains(0, 1, 2);
    }

    /** Pictures 2 and 5 of b are damaged. */
    private static TrainingExample damaged(GroundingSample sample, SplittableRandom random) {
        if (List.of("b2", "b5").contains(sample.picture().toString())) {
            throw new GlipException(ErrorCode.UNREADABLE_PICTURE, sample.picture() + ": truncated");
        }
        return slowly(sample, random);
    }

    private static List<String> playDamaged(BadRecordLog log, int threads, int first, int last) {
        Mixture mixture =
                new Mixture(List.of(new Mixture.Part(numbered("a", 9), 1), new Mixture.Part(numbered("b", 7), 1, log)));
        List<String> seen = new ArrayList<>();
        try (DataLoader loader =
                new DataLoader(mixture, DataLoaderTest::damaged, new DataLoader.Config(11, BATCH, threads, 3), first)) {
            for (int batch = first; batch < last; batch++) {
                for (TrainingExample example : loader.next()) {
                    seen.add(example.sample().picture() + " " + example.prompt());
                }
            }
        }
        return seen;
    }

    @Test
    void damagedPicturesAreLeftOutForOthersOfTheirSetTheSameInEveryRun() {
        BadRecordLog log = new BadRecordLog(new BadRecords(2));

        List<String> whole = playDamaged(log, 1, 0, 12);

        assertThat(whole).noneMatch(line -> line.startsWith("b2 ") || line.startsWith("b5 "));
        assertThat(whole.stream().filter(line -> line.startsWith("a")))
                .as("the parts keep their shares: three epochs of nine")
                .hasSize(27);
        assertThat(log.lines()).containsExactlyInAnyOrder("b2: truncated", "b5: truncated");
        assertThat(playDamaged(new BadRecordLog(BadRecords.DROP), 3, 7, 12))
                .isEqualTo(whole.subList(7 * BATCH, 12 * BATCH));
        assertThatThrownBy(() -> playDamaged(new BadRecordLog(new BadRecords(1)), 2, 0, 12))
                .hasMessageContaining(": truncated; this is one more bad record than the 1");
    }

    @Test
    void theDigestTellsDataSetsApart() {
        String digest = Mixture.of(numbered("a", 90)).digest();

        assertThat(Mixture.of(numbered("b", 90)).digest())
                .as("the same samples elsewhere")
                .isEqualTo(digest);
        assertThat(Mixture.of(numbered("a", 91)).digest()).isNotEqualTo(digest);
    }

    @Test
    void everyBatchOfEveryRankHoldsTheTasksInTheirShares() {
        Mixture mixture = new Mixture(List.of(
                new Mixture.Part(numbered("a", 60), 1),
                new Mixture.Part(numbered("b", 24, Task.ANSWER), 0.5),
                new Mixture.Part(numbered("c", 6, Task.DESCRIBE), 1)));
        int batchSize = 6;
        int ranks = 2;
        BatchPlan plan = new BatchPlan(mixture, 1, batchSize, ranks);
        assertThat(plan.batchesPerEpoch()).isEqualTo(78 / 12);
        Map<Integer, Integer> shown = new HashMap<>();
        for (int step = 0; step < plan.batchesPerEpoch(); step++) {
            int[] batch = plan.batch(step);
            assertThat(batch).hasSize(batchSize * ranks);
            for (int rank = 0; rank < ranks; rank++) {
                int[] ofRank = Arrays.copyOfRange(batch, rank * batchSize, (rank + 1) * batchSize);
                assertThat(Arrays.stream(ofRank).mapToObj(mixture::task))
                        .containsExactly(
                                Task.GROUND, Task.GROUND, Task.GROUND, Task.GROUND, Task.ANSWER, Task.DESCRIBE);
            }
            Arrays.stream(batch).forEach(number -> shown.merge(number, 1, Integer::sum));
        }
        assertThat(shown.entrySet().stream().filter(one -> one.getKey() < 60).map(Map.Entry::getValue))
                .hasSize(48)
                .containsOnly(1);
    }

    @Test
    void aBatchHasRoomForEveryTask() {
        Mixture mixture = new Mixture(List.of(
                new Mixture.Part(numbered("a", 60), 1),
                new Mixture.Part(numbered("b", 1, Task.ANSWER), 1),
                new Mixture.Part(numbered("c", 1, Task.DESCRIBE), 1)));
        assertThat(new BatchPlan(mixture, 1, 3, 1).batch(0)).hasSize(3).contains(60, 61);
        assertThatThrownBy(() -> new BatchPlan(mixture, 1, 2, 1))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("at least 3 pictures a batch")
                .hasMessageContaining("[GROUND, ANSWER, DESCRIBE]");
    }

    @Test
    void passesOnWhatIsWrongWithAPicture() {
        ExampleMaker failing = (sample, random) -> {
            throw new GlipException(ErrorCode.UNREADABLE_PICTURE, sample.picture() + ": truncated");
        };
        try (DataLoader loader =
                new DataLoader(Mixture.of(numbered("a", 5)), failing, new DataLoader.Config(11, BATCH, 2, 3), 0)) {
            assertThatThrownBy(loader::next)
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_PICTURE))
                    .hasMessageContaining(": truncated");
        }
    }
}
