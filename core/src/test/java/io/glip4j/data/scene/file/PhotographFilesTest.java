package io.glip4j.data.scene.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.PictureDescription;
import io.glip4j.data.language.CocoCaptions;
import io.glip4j.data.language.VqaDataset;
import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneDataset;
import io.glip4j.data.scene.SceneMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words for photographs are read again by the readers of captions and questions. Drawn scenes stand for photographs. */
final class PhotographFilesTest {
    private static final int COUNT = 4;
    private static final SceneMaker MAKER = new SceneMaker(
            Artwork.read(List.of(Path.of("src/test/resources/io/glip4j/data/scene/noto"))),
            SceneConfig.of(COUNT, 3).withSides(96, 128));

    @TempDir
    Path folder;

    private Path images = Path.of("");
    private Path words = Path.of("");

    @BeforeEach
    void write() {
        Path scenes = folder.resolve("scenes");
        SceneFiles.write(MAKER, scenes, () -> {});
        images = scenes.resolve("images");
        words = folder.resolve("words");
        CocoDataset photographs = CocoDataset.open(scenes.resolve("instances.json"), images, BadRecords.REFUSE);
        PhotographFiles.write(photographs, images, 5, words, () -> {});
    }

    @Test
    void captionsAndQuestionsAreDataSets() {
        BadRecordLog log = new BadRecordLog(BadRecords.REFUSE);
        CocoCaptions captions = CocoCaptions.open(words.resolve("captions.json"), images, log);
        assertThat(captions.size()).isGreaterThanOrEqualTo(1);
        assertThat(((PictureDescription) captions.sample(0).text()).text()).isNotBlank();
        VqaDataset questions =
                VqaDataset.open(words.resolve("questions.json"), words.resolve("answers.json"), images, log);
        assertThat(questions.size()).isGreaterThan(COUNT);
        assertThat(((AnsweredQuestion) questions.sample(0).text()).scores()).hasSize(1);
    }

    @Test
    void theSameSeedWritesTheSameFiles() throws IOException {
        Path again = folder.resolve("again");
        CocoDataset photographs = CocoDataset.open(images.resolveSibling("instances.json"), images, BadRecords.REFUSE);
        PhotographFiles.write(photographs, images, 5, again, () -> {});
        for (String file : List.of("captions.json", "questions.json", "answers.json")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(words.resolve(file));
        }
        PhotographFiles.write(photographs, images, 6, folder.resolve("other"), () -> {});
        assertThat(Files.mismatch(folder.resolve("other").resolve("captions.json"), words.resolve("captions.json")))
                .isNotNegative();
    }

    @Test
    void picturesThatAreNoFilesAreRefused() {
        assertThatThrownBy(() -> PhotographFiles.write(
                        SceneDataset.ofAllKinds(MAKER), images, 0, folder.resolve("none"), () -> {}))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("wanted detection data");
    }
}
