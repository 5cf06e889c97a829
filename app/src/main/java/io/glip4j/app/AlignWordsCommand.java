package io.glip4j.app;

import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.Seeds;
import io.glip4j.label.UnlabelledPicture;
import io.glip4j.label.UnlabelledPictures;
import io.glip4j.model.GlipConfig;
import io.glip4j.pretrained.CenterNetTeacher;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.words.ClassWords;
import io.glip4j.train.words.WordConfig;
import io.glip4j.train.words.WordDistillation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip align-words}: a nano that knows by many words what its image encoder knows, before it is trained. */
@Command(
        name = "align-words",
        description = {
            "Teach the words of a new nano what its image encoder knows: \"puppy\" and \"hound\" shall find what \"dog\"",
            "finds, \"lamp\" nothing of it. A start for glip train --model, see docs/NANO.md."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AlignWordsCommand implements Callable<Integer> {
    private static final String NANO = "nano";
    private static final double SMOOTHING = 0.98;

    @Option(
            names = "--words",
            required = true,
            paramLabel = "FILE",
            description = "JSON of words for COCO's class names: {\"dog\": [\"puppy\", ...], ...}")
    private Path words = Path.of("");

    @Option(
            names = "--other-nouns",
            required = true,
            paramLabel = "FILE",
            description = "words that name none of these classes, one a line")
    private Path otherNouns = Path.of("");

    @Option(names = "--images", required = true, paramLabel = "DIR", description = "folder of pictures to learn on")
    private Path images = Path.of("");

    @Option(names = "--list", paramLabel = "FILE", description = "some of them, one a line (default: all)")
    private Optional<Path> list = Optional.empty();

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "300",
            description = "most pictures taken, at random; each needs 2.4 MB (default: ${DEFAULT-VALUE})")
    private int pictures;

    @Option(names = "--steps", paramLabel = "N", description = "default: 2000")
    private int steps = WordConfig.DEFAULT.steps();

    @Option(names = "--rate", paramLabel = "RATE", description = "learning rate (default: 1e-3)")
    private double rate = WordConfig.DEFAULT.rate();

    @Option(names = "--seed", paramLabel = "N", description = "default: 0")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operator (default: one a core)")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the model: .safetensors")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        WordConfig config = new WordConfig(steps, WordConfig.DEFAULT.prompts(), rate, seed);
        ClassWords known =
                ClassWords.of(CenterNetTeacher.CLASSES, OtherWords.read(words), ClassWords.readLines(otherNouns));
        threads.ifPresent(TorchRuntime::setThreads);
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset(NANO), seed)) {
            double loss = teach(nano, known, config);
            nano.write(out, TrainConfig.nano(steps), Precision.HALF);
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "wrote %s: %d words for %d classes, loss %.3f",
                            out,
                            known.labels().size(),
                            known.classes().size(),
                            loss));
        }
        return 0;
    }

    private double teach(TrainableModel nano, ClassWords known, WordConfig config) {
        double[] loss = {Double.NaN};
        try (ProgressBar bar = Progress.of("words", steps)) {
            WordDistillation.teach(nano.network(), files(), known, config, (step, now) -> {
                loss[0] = step == 0 ? now : SMOOTHING * loss[0] + (1 - SMOOTHING) * now;
                bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f", loss[0]));
                bar.step();
            });
        }
        return loss[0];
    }

    private List<Path> files() {
        PictureFolder folder = new PictureFolder(images);
        List<Path> all =
                list.map(UnlabelledPictures::inList).orElseGet(() -> UnlabelledPictures.inFolder(images)).stream()
                        .map(UnlabelledPicture::name)
                        .map(folder::existing)
                        .toList();
        return Arrays.stream(Seeds.permutation(all.size(), Seeds.random(seed)))
                .limit(pictures)
                .mapToObj(all::get)
                .toList();
    }
}
