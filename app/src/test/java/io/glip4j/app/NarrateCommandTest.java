package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words for annotated photographs from the command line. */
class NarrateCommandTest {
    private static final String PICTURES = "../examples/pictures";
    private static final String ANNOTATIONS = """
            {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [100, 20, 300, 260]}]}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Path annotations, Path target) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(
                        "narrate",
                        "--annotations",
                        annotations.toString(),
                        "--images",
                        PICTURES,
                        "--out",
                        target.toString());
    }

    @Test
    void writesCaptionsQuestionsAndAnswers() throws IOException {
        Path annotations = Files.writeString(folder.resolve("cat.json"), ANNOTATIONS);
        Path words = folder.resolve("words");
        assertThat(run(annotations, words)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("words for 1 photographs");
        assertThat(words.resolve("captions.json")).content().containsPattern("(cat|kitten|kitty|animal)");
        assertThat(words.resolve("questions.json")).content().contains("Is there a dog?", "\"image\":\"cat.jpg\"");
        assertThat(words.resolve("answers.json")).content().contains("\"answer\":\"no\"");
    }

    @Test
    void theCallersFaultsAreSaid() throws IOException {
        Path annotations = Files.writeString(folder.resolve("cat.json"), ANNOTATIONS);
        assertThat(run(folder.resolve("none.json"), folder.resolve("words"))).isEqualTo(2);
        assertThat(err.toString()).contains("none.json");
        assertThat(run(annotations, folder)).isEqualTo(2);
        assertThat(err.toString()).contains("wanted an empty folder");
    }
}
