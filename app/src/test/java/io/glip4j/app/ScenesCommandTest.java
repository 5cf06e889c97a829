package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.input.PictureReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenesCommandTest {
    private static final String ART = "../core/src/test/resources/io/glip4j/data/scene/";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void writesPicturesAndTruth() {
        Path scenes = folder.resolve("scenes");
        assertThat(run(
                        "scenes",
                        "--art",
                        ART + "noto",
                        "--art",
                        ART + "fluent-emoji-flat",
                        "--hold-out",
                        "noto",
                        "--split",
                        "unseen-styles",
                        "--count",
                        "2",
                        "--out",
                        scenes.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("2 scenes of");
        assertThat(PictureReader.DEFAULT
                        .read(scenes.resolve("images/000002.jpg"))
                        .width())
                .isBetween(384, 640);
        assertThat(scenes.resolve("instances.json")).isNotEmptyFile();
    }

    @Test
    void theCallersFaultsAreSaid() {
        String target = folder.resolve("new").toString();
        assertThat(run("scenes", "--out", target)).isEqualTo(2);
        assertThat(err.toString()).contains("wanted folders of icon sets");
        assertThat(run("scenes", "--art", folder.toString(), "--out", target)).isEqualTo(2);
        assertThat(err.toString()).contains("chars.json: wanted it in an icon set's folder");
        assertThat(run("scenes", "--art", ART + "noto", "--split", "all", "--out", target))
                .isEqualTo(2);
        assertThat(err.toString()).contains("wanted --split of [train, unseen-styles");
        assertThat(run(
                        "scenes",
                        "--art",
                        ART + "noto",
                        "--split",
                        "unseen-names",
                        "--names",
                        "common",
                        "--out",
                        target))
                .isEqualTo(2); // common names are never held out
        assertThat(err.toString()).contains("common names, got 0");
    }
}
