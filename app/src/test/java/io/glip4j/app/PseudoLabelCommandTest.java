package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudoLabelCommandTest {
    private static final String PICTURES = "../examples/pictures";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("pseudo-label", "--images", PICTURES));
        all.addAll(List.of("--out", folder.resolve("labels").toString()));
        all.addAll(List.of(arguments));
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void labelsListedPicturesAndNamesBadOnes() throws IOException {
        assertThat(run("--list", file("list.txt", "cat.jpg\n\nnothing.jpg\n"), "--size", "256"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("labels of 1 of 2 pictures, 1 could not be read");
        assertThat(err.toString()).contains("left out: nothing.jpg: ");
        assertThat(Files.readString(folder.resolve("labels"))).contains("\"file_name\":\"cat.jpg\"", "\"score\":");
    }

    @Test
    void labelsCaptionsWithTheEmbeddedModel() throws IOException {
        String captions = file("captions.jsonl", "{\"image\": \"cat.jpg\", \"caption\": \"the cat\"}");

        assertThat(run("--captions", captions)).as(err.toString()).isZero();

        assertThat(Files.readString(folder.resolve("labels"))).contains("\"phrase\":\"the cat\"");
    }

    @Test
    void theCallersFaultsGiveTwo() throws IOException {
        assertThat(run("--threshold-of", "puppy=0.5")).isEqualTo(2);
        assertThat(run("--threshold", "7")).isEqualTo(2);
        assertThat(run("--size", "100")).isEqualTo(2);
        String captions = file("bad.jsonl", "{\"image\": \"cat.jpg\"}");
        assertThat(run("--captions", captions, "--bad-limit", "0")).isEqualTo(2);
        assertThat(run("--captions", captions, "--list", captions)).isEqualTo(2);
        assertThat(err.toString())
                .contains("puppy", "got 7", "multiple of 32", "bad.jsonl: line 1", "got another choice");
        assertThat(folder.resolve("labels")).doesNotExist();
    }
}
