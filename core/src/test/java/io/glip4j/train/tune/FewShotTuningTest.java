package io.glip4j.train.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.OneThread;
import io.glip4j.SmallNetworks;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.TuningMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OneThread.class)
class FewShotTuningTest {
    private static final Path PICTURES = Path.of("../examples/pictures");
    private static final String BOXES = """
            {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                        {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "%s"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 451, 300], "area": 135300,
                              "iscrowd": 0},
                             {"id": 2, "image_id": 2, "category_id": 2, "bbox": [9, 9, 400, 300], "area": 120000,
                              "iscrowd": 0}]}
            """;
    private static final TuneSettings SETTINGS = new TuneSettings(2, 1, 3, 1, Optional.of(1e-3), List.of(64));

    @TempDir
    private Path folder;

    private Path boxes = Path.of("");
    private Path otherBoxes = Path.of("");
    private final AtomicInteger loaded = new AtomicInteger();

    @BeforeEach
    void write() throws IOException {
        boxes = Files.writeString(folder.resolve("boxes.json"), BOXES.formatted("cup"));
        otherBoxes = Files.writeString(folder.resolve("other.json"), BOXES.formatted("mug"));
    }

    private FewShotTuning tuning(TuneSettings settings) {
        FewShotTuning.Data data = new FewShotTuning.Data(
                boxes,
                PICTURES,
                new MeasuredSet("things", boxes, PICTURES, Optional.empty()),
                List.of(new MeasuredSet("others", otherBoxes, PICTURES, Optional.of(1))));
        FewShotTuning.Start start = new FewShotTuning.Start("abc", () -> {
            loaded.incrementAndGet();
            TrainableModel model = TrainableModel.fresh(SmallNetworks.learner(96, Set.of()), 5);
            SmallNetworks.makeEverythingLikely(model.network().parameters());
            return model;
        });
        return new FewShotTuning(start, data, settings, folder.resolve("runs"));
    }

    @Test
    void everyModeIsMeasuredElsewhereButForTheOneThatChangesNothing() {
        List<Integer> told = new ArrayList<>();
        List<TuneRun> runs =
                TuneRun.of(List.of(TuningMode.FULL, TuningMode.PROMPT), List.of(1, TuneRun.ALL), List.of(3));

        TuneReport report =
                tuning(SETTINGS).run(runs, soFar -> told.add(soFar.runs().size()));

        assertThat(told).containsExactly(0, 1, 2, 3, 4);
        assertThat(loaded).as("zero-shot and four runs").hasValue(5);
        assertThat(report.validation()).isEqualTo("things");
        assertThat(report.zeroShotElsewhere()).containsOnlyKeys("others");
        assertThat(report.sharedNames()).containsEntry("others", List.of("cat"));
        assertThat(report.runs()).extracting(TuneResult::mode).containsExactly("full", "full", "prompt", "prompt");
        assertThat(report.runs().get(0).others()).containsOnlyKeys("others");
        assertThat(report.runs().get(2).others()).isEmpty();
        assertThat(folder.resolve("runs/full-1-seed-3/model.safetensors")).exists();
        assertThat(folder.resolve("runs/prompt-all-seed-3/prompt.safetensors")).exists();

        TuneReport again = tuning(SETTINGS).run(runs, soFar -> {});
        assertThat(again).isEqualTo(report);
        assertThat(loaded).as("nothing was done again").hasValue(5);
    }

    @Test
    void resultsOfOtherSettingsAreNotTakenForThese() {
        tuning(SETTINGS).run(List.of(), soFar -> {});
        TuneSettings longer = new TuneSettings(9, 1, 3, 1, Optional.of(1e-3), List.of(64));
        assertThatThrownBy(() -> tuning(longer).run(List.of(), soFar -> {}))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("settings of the runs that are there, steps 2, got 9")
                .hasMessageContaining("take another folder");
    }

    @Test
    void aBrokenResultIsNamed() throws IOException {
        TuneRun run = new TuneRun(TuningMode.FULL, 1, 3);
        Path broken = folder.resolve("runs/full-1-seed-3/result.json");
        Files.createDirectories(broken.getParent());
        Files.writeString(broken, "{\"mode\": ");
        assertThatThrownBy(() -> tuning(SETTINGS).run(List.of(run), soFar -> {}))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining("remove it");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new TuneSettings(0, 1, 1, 1, Optional.empty(), List.of()))
                .hasMessageContaining("of at least 1, got 0, 1, 1 and 1");
        assertThatThrownBy(() -> new TuneSettings(1, 1, 1, 1, Optional.of(-1.0), List.of()))
                .hasMessageContaining("wanted a rate above 0, got -1.0");
        assertThatThrownBy(() -> new TuneSettings(1, 1, 1, 1, Optional.empty(), List.of(0)))
                .hasMessageContaining("sizes of at least 1 pixel, got [0]");
        assertThatThrownBy(() -> new MeasuredSet("things", boxes, PICTURES, Optional.of(0)))
                .hasMessageContaining("things: wanted to measure at least the first picture, got 0");
    }
}
