package io.glip4j.eval.referring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Box accuracy by hand: IoU is 50/150, exactly 1/2 counts, and only the first k boxes do. */
class BoxAccuracyTest {
    @TempDir
    Path temporary;

    private Path annotations = Path.of("");

    @BeforeEach
    void writeTruth() throws IOException {
        annotations = Files.writeString(temporary.resolve("gt.json"), """
                {"annotations": [{"image_id": 1, "bbox": [0, 0, 10, 10]}, {"image_id": 2, "bbox": [0, 0, 10, 10]},
                                 {"image_id": 3, "bbox": [0, 0, 10, 10]}]}""");
    }

    private BoxAccuracy score(String results) throws IOException {
        return BoxAccuracy.evaluate(annotations, Files.writeString(temporary.resolve("dt.json"), results));
    }

    @Test
    void theFirstBoxesCount() throws IOException {
        BoxAccuracy accuracy = score("""
                [{"image_id": 3, "boxes": []},
                 {"image_id": 1, "boxes": [[0, 0, 10, 5]]},
                 {"image_id": 2, "boxes": [[5, 0, 15, 10], [0, 0, 10, 10]]}]""");
        assertThat(accuracy.overlaps().get(0)).containsExactly(0.5);
        assertThat(accuracy.overlaps().get(1)).containsExactly(50.0 / 150, 1.0);
        assertThat(accuracy.at(1)).isEqualTo(1.0 / 3);
        assertThat(accuracy.at(5)).isEqualTo(2.0 / 3);
    }

    @Test
    void missingUnknownAndBrokenResultsAreRefused() {
        String one = "[{\"image_id\": 1, \"boxes\": [[0, 0, 1, 1]]}";
        assertThatThrownBy(() -> score(one + "]"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("got none for");
        String all = one + ", {\"image_id\": 2, \"boxes\": []}, {\"image_id\": 3, \"boxes\": []}";
        assertThatThrownBy(() -> score(all + ", {\"image_id\": 4, \"boxes\": []}]"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("got one of 4");
        assertThatThrownBy(() -> score(all + ", {\"image_id\": 1, \"boxes\": []}]"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("got two for 1");
        assertThatThrownBy(() -> score(one.replace("[0, 0, 1, 1]", "[0, 0, 1]") + "]"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("4 numbers");
    }
}
