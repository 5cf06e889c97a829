package io.glip4j.app;

import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.SceneMaker;
import io.glip4j.data.scene.file.SceneFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip scenes}: synthetic scenes with their truth, to test or train on. */
@Command(
        name = "scenes",
        description = {
            "Draw scenes of named things and write what is true of them: boxes and masks (COCO), captions,",
            "phrases with boxes (MDETR), referring expressions, questions and answers (VQA).",
            "The same seed and icon sets make the same files."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScenesCommand implements Callable<Integer> {
    @Mixin
    private SceneOptions scenes = new SceneOptions();

    @Option(names = "--count", paramLabel = "N", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "new or empty folder")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Artwork artwork = Artwork.read(scenes.art());
        SceneMaker maker = new SceneMaker(artwork, scenes.config(count, seed));
        try (ProgressBar bar = Progress.of("scenes", count)) {
            SceneFiles.write(maker, out, bar::step);
        } finally {
            artwork.problems().forEach(line -> spec.commandLine().getErr().println("glip: left out: " + line));
        }
        spec.commandLine()
                .getOut()
                .println("wrote " + out + ": " + count + " scenes of "
                        + maker.names().size() + " names");
        return 0;
    }
}
