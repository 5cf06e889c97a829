package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.input.PictureReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, and what callers get wrong. */
class MainTest {
    private static final String CAT = "../examples/pictures/cat.jpg";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void groundsAndDraws(@TempDir Path folder) {
        Path drawn = folder.resolve("cat.png");

        assertThat(run("ground", CAT, "--prompt", "cat. dog. person", "--out", drawn.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("cat").doesNotContain("nothing found");
        assertThat(PictureReader.DEFAULT.read(drawn).width()).isEqualTo(451);
    }

    @Test
    void printsJson() throws Exception {
        assertThat(run("ground", CAT, "--prompt", "cat", "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("width").asInt()).isEqualTo(451);
        JsonNode first = json.get("detections").get(0);
        assertThat(first.get("phrase").asText()).isEqualTo("cat");
        assertThat(first.get("box")).hasSize(4);
        assertThat(first.get("span").get(1).asInt()).isEqualTo(3);
    }

    @Test
    void aFolderGoesOnPastABadFile(@TempDir Path folder) throws Exception {
        Files.copy(Path.of(CAT), folder.resolve("good.jpg"));
        Files.writeString(folder.resolve("bad.jpg"), "no picture");
        Path drawn = folder.resolve("drawn");

        assertThat(run("ground", folder.toString(), "--caption", "a cat", "--out", drawn.toString()))
                .isEqualTo(2);
        assertThat(drawn.resolve("good.jpg.png")).exists();
        assertThat(err.toString()).contains("bad.jpg");
    }

    @Test
    void callersMistakesExitWithTwoAndOneLine() {
        assertThat(run("ground", "no-such.jpg", "--prompt", "cat")).isEqualTo(2);
        assertThat(run("ground", CAT, "--prompt", " ")).isEqualTo(2);
        assertThat(run("ground", CAT)).isEqualTo(2);
        assertThat(run("ground", CAT, "--caption", "a cat", "--phrase", "dog")).isEqualTo(2);
        assertThat(run("ground", CAT, "--prompt", "cat", "--threshold", "3")).isEqualTo(2);
        assertThat(run("convert", CAT, "x.safetensors")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("at io.glip4j");
    }

    @Test
    void verifiesARecordedCase() {
        assertThat(run("verify", "../core/src/test/resources/golden/model/glip_window"))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("1 cases passed");
    }
}
