package io.glip4j.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CaptionPacking;
import io.glip4j.data.DataLoader;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.Mixture;
import io.glip4j.data.NegativeSampling;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureExamples;
import io.glip4j.data.TrainingExample;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format with one or two pictures of the same cat, opened by name and trained on together. */
class DataFormatTest {
    private static final int BATCH = 3;
    private static final String IMAGES =
            "\"images\": [{\"id\": 1, \"file_name\": \"cat.jpg\", \"width\": 451, \"height\": 300, \"caption\": \"a grey"
                    + " cat\", \"neg_category_ids\": [2], \"not_exhaustive_category_ids\": []}]";
    private static final String CATEGORIES =
            "\"categories\": [{\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog\"}, {\"id\": 3, \"name\": \"cup\"}]";
    private static final String BOX = "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\":"
            + " [60, 10, 330, 280], \"tokens_positive\": [[2, 10]]}]";
    private static final String COCO = "{" + IMAGES + ", " + CATEGORIES + ", " + BOX + "}";
    private static final String RECORD = """
            {"filename": "cat.jpg", "width": 451, "height": 300, "grounding": {"caption": "%1$s here",\
             "regions": [{"phrase": "%1$s", "bbox": [60, 10, 390, 290]}]}}
            """;

    @TempDir
    Path folder;

    private byte[] cat = {};

    @BeforeEach
    void writeAll() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg"));
        cat = Files.readAllBytes(folder.resolve("cat.jpg"));
        write("coco-json", COCO);
        write("coco-masks", COCO.replace("\"bbox\"", "\"segmentation\": [[60, 10, 390, 10, 390, 290]], \"bbox\""));
        write("lvis-json", COCO);
        write("objects365-json", COCO);
        write("mdetr-json", COCO);
        write("openimages-csv", """
                ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf
                cat,xclick,/m/1,1,0.1,0.9,0.1,0.9,0,0,0
                """);
        write("names.csv", "/m/1,Cat\n/m/2,Dog\n");
        write("flickr/train.txt", "cat");
        write("flickr/Sentences/cat.txt", "[/EN#1/animals A cat] looks at the camera .\n[/EN#1/animals It] sits .\n");
        write("flickr/Annotations/cat.xml", """
                <annotation><size><width>451</width><height>300</height><depth>3</depth></size><object><name>1</name>
                <bndbox><xmin>60</xmin><ymin>10</ymin><xmax>390</xmax><ymax>290</ymax></bndbox></object></annotation>""");
        write("questions.json", """
                {"questions": [{"question_id": 1, "image_id": 1, "question": "Is it a cat?", "image": "cat.jpg"}]}
                """);
        write("vqa-json", """
                {"annotations": [{"question_id": 1, "answers": [{"answer": "yes"}]}]}
                """);
        write(
                "captions-json",
                "{" + IMAGES + ", \"annotations\": [{\"id\": 1, \"image_id\": 1, \"caption\": \"A cat.\"}]}");
        write("jsonl", RECORD.formatted("the cat") + RECORD.formatted("two eyes"));
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("webdataset")))) {
            for (String key : List.of("bird", "fish", "newt")) {
                add(tar, key + ".jpg", cat);
                add(tar, key + ".json", RECORD.formatted(key).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private GroundingDataset open(DataFormat format) {
        DataFiles files = new DataFiles(
                folder.resolve(format.label()),
                Optional.of(folder),
                format == DataFormat.OPENIMAGES_CSV ? Optional.of(folder.resolve("names.csv")) : Optional.empty(),
                Optional.empty(),
                format == DataFormat.VQA_JSON ? Optional.of(folder.resolve("questions.json")) : Optional.empty(),
                "train");
        return DataFormat.named(format.label()).open(files, new BadRecordLog(BadRecords.REFUSE));
    }

    private static List<String> play(Mixture mixture, Tokenizer tokenizer, int threads, int first, int last) {
        PictureExamples maker = new PictureExamples(
                AugmentConfig.resizedTo(List.of(32, 48), 96).withCrop(0.5, 0.4),
                new NegativeSampling(2, 0.5),
                OtherWords.NONE,
                new OtherCaptions(mixture, CaptionPacking.PUBLISHED),
                tokenizer,
                32);
        List<String> seen = new ArrayList<>();
        try (DataLoader loader = new DataLoader(mixture, maker, new DataLoader.Config(5, BATCH, threads, 2), first)) {
            for (int batch = first; batch < last; batch++) {
                for (TrainingExample example : loader.next()) {
                    assertThat(example.boxes().isEmpty()).isEqualTo(example.task() != Task.GROUND);
                    seen.add(example.prompt() + example.boxes() + example.tokensOfBox());
                }
            }
        }
        return seen;
    }

    @Test
    void allFormatsTrainTogetherAndGoOnInTheMiddleOfAnEpoch() {
        List<Mixture.Part> parts = new ArrayList<>();
        for (DataFormat format : DataFormat.values()) {
            GroundingDataset dataset = open(format);
            assertThat(dataset.size()).as(format.label()).isPositive();
            assertThat(dataset.task()).as(format.label()).isEqualTo(format.task());
            assertThat(dataset.pictureSize(0)).as(format.label()).isEqualTo(new ImageSize(451, 300));
            parts.add(new Mixture.Part(dataset, 1.5));
        }
        Mixture mixture = new Mixture(parts);
        assertThat(mixture.epochSize() / BATCH).as("batches of an epoch").isGreaterThan(4);
        try (Tokenizer tokenizer = Tokenizer.bert()) {
            List<String> whole = play(mixture, tokenizer, 1, 0, 12);

            assertThat(play(mixture, tokenizer, 2, 3, 12)).isEqualTo(whole.subList(3 * BATCH, 12 * BATCH));
            assertThat(whole).anyMatch(line -> line.contains("fish here. ") || line.contains(". fish here"));
        }
    }

    @Test
    void anUnknownFormatIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> DataFormat.named("pascal"))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("coco-json, coco-masks, lvis-json, ")
                .hasMessageContaining("got 'pascal'");
    }

    @Test
    void aFileThatIsNotNamedIsAskedFor() {
        DataFiles files = DataFiles.of(folder.resolve("openimages-csv"), folder);
        BadRecordLog log = new BadRecordLog(BadRecords.REFUSE);

        assertThatThrownBy(() -> DataFormat.OPENIMAGES_CSV.open(files, log))
                .hasMessageContaining("wanted the file of the class names");
    }
}
