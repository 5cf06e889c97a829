package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlignWordsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String nouns, String model) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(
                        "align-words",
                        "--words",
                        "../recipes/coco-words.json",
                        "--other-nouns",
                        nouns,
                        "--images",
                        "../examples/pictures",
                        "--steps",
                        "2",
                        "--threads",
                        "1",
                        "--out",
                        model);
    }

    @Test
    void theWordListsOfTheRecipeMakeAModel() {
        Path model = folder.resolve("words.safetensors");
        assertThat(run("../recipes/other-nouns.txt", model.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("words for 80 classes");
        assertThat(model).isNotEmptyFile();
    }

    @Test
    void aNounThatNamesAClassIsRefused() throws IOException {
        Path nouns = Files.writeString(folder.resolve("nouns.txt"), "lamp\npuppy\n");
        assertThat(run(nouns.toString(), folder.resolve("none.safetensors").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'puppy', which names [dog]");
    }
}
