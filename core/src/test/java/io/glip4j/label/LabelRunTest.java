package io.glip4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.detection.CocoShapedTable;
import io.glip4j.data.grounding.JsonLinesDataset;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.pretrained.CenterNetTeacher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelRunTest {
    private static final Path PICTURES = Path.of("../examples/pictures");
    private static final LabelFilter FILTER = new LabelFilter(0.4, Map.of(), 0.6);
    private static final int SIZE = 320;

    @TempDir
    Path folder;

    private Path target = Path.of("");

    @BeforeEach
    void copyPictures() throws IOException {
        target = folder.resolve("labels.json");
        Files.createDirectories(folder.resolve("in/deep"));
        Files.copy(PICTURES.resolve("cat.jpg"), folder.resolve("in/deep/cat.JPG"));
        Files.copy(PICTURES.resolve("astronaut.jpg"), folder.resolve("in/astronaut.jpg"));
        Files.writeString(folder.resolve("in/broken.png"), "no picture");
    }

    private void label(List<UnlabelledPicture> pictures, Labeller labeller, int badLimit, Runnable afterEach) {
        try (LabelRun run = new LabelRun(pictures, folder.resolve("in"), labeller, badLimit, target)) {
            run.run(afterEach);
        }
    }

    @Test
    void aFoldersPicturesBecomeACocoDataSet() {
        List<UnlabelledPicture> pictures = UnlabelledPictures.inFolder(folder.resolve("in"));
        try (CenterNetTeacher teacher = new CenterNetTeacher()) {
            label(pictures, new ClassLabeller(teacher, SIZE, FILTER, false), 1, () -> {});
        }

        CocoDataset labels = CocoDataset.open(target, folder.resolve("in"), BadRecords.REFUSE);
        assertThat(labels.vocabulary()).isEqualTo(CenterNetTeacher.CLASSES);
        assertThat(labels.size()).isEqualTo(2);
        GroundingSample cat = labels.sample(1);
        assertThat(cat.picture().toString()).endsWith("deep/cat.JPG");
        ClassNames names = (ClassNames) cat.text();
        assertThat(names.vocabulary().get(names.labels().get(0))).isEqualTo("cat");
        BoxXyxy box = cat.boxes().get(0);
        assertThat(box.x2() - box.x1()).isBetween(250.0, 390.0); // by eye it is from about 60 to 390
        ClassNames sure =
                (ClassNames) CocoShapedTable.lvis(target, folder.resolve("in"), new BadRecordLog(BadRecords.REFUSE))
                        .sample(1)
                        .text();
        assertThat(sure.labels()).isEqualTo(names.labels());
        assertThat(sure.absent()).hasSizeBetween(40, 79).isSubsetOf(names.absent());
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    /** Counts what it is asked and finds the first phrase, at a low and a high score. */
    private static final class Teacher {
        final List<String> asked = new ArrayList<>();
        double best = 0.9;

        Grounding ground(Picture picture, Prompt prompt) {
            asked.add(prompt.text());
            Span span = prompt.phrases().get(0).span();
            String phrase = prompt.phrases().get(0).text();
            return new Grounding(
                    picture.width(),
                    picture.height(),
                    List.of(
                            new Detection(phrase, span, best, new BoxXyxy(10, 20, 59, 69), List.of()),
                            new Detection(phrase, span, 0.1, new BoxXyxy(100, 20, 150, 70), List.of())));
        }
    }

    private static UnlabelledPicture captioned(String name, String caption) {
        return new UnlabelledPicture(name, Optional.of(caption), Optional.empty());
    }

    private static List<UnlabelledPicture> ofCat(String... captions) {
        List<UnlabelledPicture> pictures = new ArrayList<>();
        for (String caption : captions) {
            pictures.add(captioned("deep/cat.JPG", caption));
        }
        return pictures;
    }

    @Test
    void captionsBecomeGroundingRecords() throws IOException {
        Teacher teacher = new Teacher();
        label(ofCat("𝄞 a grey cat is here"), new CaptionLabeller(teacher::ground, "test", FILTER), 0, () -> {});

        assertThat(Files.readString(target)).isEqualTo("""
                {"filename":"deep/cat.JPG","height":300,"width":451,"grounding":{"caption":"𝄞 a grey cat is here",\
                "regions":[{"phrase":"a grey cat","bbox":[10.0,20.0,60.0,70.0],"tokens_positive":[[2,12]],\
                "score":0.9}]}}
                """);
    }

    @Test
    void theBestBoxIsKeptWhereNoneIsGood() throws IOException {
        Teacher teacher = new Teacher();
        teacher.best = 0.2;
        label(ofCat("a cat"), new CaptionLabeller(teacher::ground, "test", FILTER), 0, () -> {});

        assertThat(Files.readString(target)).contains("\"score\":0.2}]").doesNotContain("0.1");
    }

    @Test
    void picturesOfTarFilesAreLabelledWhereTheyLie() throws IOException {
        byte[] cat = Files.readAllBytes(PICTURES.resolve("cat.jpg"));
        Path shard = folder.resolve("s.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(shard))) {
            for (String name : List.of("1.jpg", "1.txt")) {
                byte[] bytes = name.endsWith("txt") ? "a grey cat".getBytes(StandardCharsets.UTF_8) : cat;
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
        BadRecordLog log = new BadRecordLog(BadRecords.REFUSE);
        label(
                UnlabelledPictures.inShards(shard, log),
                new CaptionLabeller(new Teacher()::ground, "test", FILTER),
                0,
                () -> {});

        GroundingSample sample =
                JsonLinesDataset.open(target, Optional.empty(), folder, log).sample(0);
        assertThat(sample.boxes()).containsExactly(new BoxXyxy(10, 20, 59, 69));
        assertThat(sample.picture().read(new ImageSize(451, 300)).rgb())
                .isEqualTo(PictureReader.AS_STORED
                        .read(PICTURES.resolve("cat.jpg"))
                        .rgb());
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        Teacher teacher = new Teacher();
        Labeller labeller = new CaptionLabeller(teacher::ground, "test", FILTER);
        List<UnlabelledPicture> pictures = ofCat("a cat", "the cat", "one cat");
        assertThatThrownBy(() -> label(pictures, labeller, 0, () -> {
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted");
        assertThat(target).doesNotExist();

        label(pictures, labeller, 0, () -> {});

        assertThat(teacher.asked).containsExactly("a cat", "the cat", "one cat");
        assertThat(Files.readAllLines(target)).hasSize(3);
        assertThatThrownBy(() -> label(pictures, labeller, 0, () -> {}))
                .hasMessageContaining("labels.json, which is there");
    }

    @Test
    void otherPicturesDoNotGoOn() {
        Labeller labeller = new CaptionLabeller(new Teacher()::ground, "test", FILTER);
        assertThatThrownBy(() -> label(ofCat("a cat", "x"), labeller, 0, () -> {
            throw new IllegalStateException("interrupted");
        }));

        assertThatThrownBy(() -> label(ofCat("a dog", "x"), labeller, 0, () -> {}))
                .hasMessageContaining("remove the file");
    }

    @Test
    void badPicturesAreNamedUpToALimit() {
        List<UnlabelledPicture> pictures = List.of(
                captioned("broken.png", "a cat"),
                captioned("../outside.png", "a cat"),
                captioned("astronaut.jpg", "a woman"));
        Labeller labeller = new CaptionLabeller(new Teacher()::ground, "test", FILTER);
        assertThatThrownBy(() -> label(pictures, labeller, 1, () -> {}))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_PICTURE))
                .hasMessageContaining("at most 1 bad")
                .hasMessageContaining("../outside.png");

        try (LabelRun run = new LabelRun(pictures, folder.resolve("in"), labeller, 2, target)) {
            run.run(() -> {});
            assertThat(run.bad()).hasSize(2);
            assertThat(run.bad().get(0)).contains("broken.png");
            assertThat(run.labelled()).isEqualTo(1);
        }
    }

    @Test
    void theTeacherSeesAThingWhereItIsWhateverThePicturesShape() {
        Picture cat = PictureReader.AS_STORED.read(PICTURES.resolve("cat.jpg"));
        try (CenterNetTeacher teacher = new CenterNetTeacher()) {
            CenterNetTeacher.Found small = teacher.find(cat, 256, 0.1).get(0);
            CenterNetTeacher.Found large = teacher.find(cat, 448, 0.1).get(0);

            assertThat(small.label()).isEqualTo(large.label());
            assertThat(small.box().x1())
                    .isBetween(large.box().x1() - 25, large.box().x1() + 25);
            assertThat(small.box().y2())
                    .isBetween(large.box().y2() - 25, large.box().y2() + 25);
            assertThatThrownBy(() -> teacher.find(cat, 100, 0.1)).hasMessageContaining("multiple of 32");
        }
    }
}
