package io.glip4j.bench;

import io.glip4j.Glip;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What many tuned prompts beside one model cost: a picture asked with plain words, with one tuned prompt again and again,
 * and with another one each time, in turn in one run. Prints a Markdown table.
 */
public final class TunedPromptReport {
    private static final String USAGE =
            "usage: bench/tuned-prompts [PICTURE PROMPTS ROUNDS], default: examples/pictures/cat.jpg 50 50";
    private static final int OPTIONS = 3;
    private static final int WARM = 5;
    private static final List<String> CLASSES = List.of("cat", "dog");
    private static final String PLAIN = "plain words, read once and kept";
    private static final String SAME = "one tuned prompt";
    private static final String SWITCHED = "another tuned prompt each time";
    private static final double SHIFT = 0.05;
    private static final double MILLIS = 1e6;
    /** All work is done by the calling thread, whose own time is the same on a busy machine. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final Glip glip;
    private final Picture picture;
    private final List<TunedPrompt> prompts;

    private TunedPromptReport(Glip glip, Picture picture, List<TunedPrompt> prompts) {
        this.glip = glip;
        this.picture = picture;
        this.prompts = prompts;
    }

    /** The options of {@code USAGE}, all or none. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 0 && arguments.length != OPTIONS) {
            System.err.println(USAGE);
            System.exit(2);
        }
        boolean given = arguments.length > 0;
        Path picture = Path.of(given ? arguments[0] : "examples/pictures/cat.jpg");
        int count = given ? Integer.parseInt(arguments[1]) : 50;
        int rounds = given ? Integer.parseInt(arguments[2]) : 50;
        TorchRuntime.setThreads(1);
        Path file = Files.createTempFile("prompt", ".safetensors");
        List<TunedPrompt> prompts = new ArrayList<>();
        try (Glip glip = Glip.load()) {
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                write(glip, SHIFT * i / count, file);
                bytes = Files.size(file);
                prompts.add(TunedPrompt.read(file));
            }
            Series times = new TunedPromptReport(glip, PictureReader.DEFAULT.read(picture), prompts).measure(rounds);
            print(times, count, bytes, rounds);
        } finally {
            prompts.forEach(TunedPrompt::close);
            Files.delete(file);
        }
    }

    private static void write(Glip glip, double shift, Path file) {
        try (TensorScope scope = TensorScope.withoutGradient();
                Tokenizer tokenizer = Tokenizer.bert();
                StateDict learned = StateDict.of("two words", Map.of("0", row(glip, shift), "1", row(glip, -shift)))) {
            List<List<Integer>> tokens = CLASSES.stream()
                    .map(name -> tokenizer.encode(name).ids())
                    .map(ids -> ids.subList(1, ids.size() - 1))
                    .toList();
            TunedPrompt.write(file, new TunedPrompt.Content("embedded", CLASSES, tokens), learned);
        }
    }

    private static Tensor row(Glip glip, double value) {
        return torch.full(new long[] {1, glip.config().textEncoder().width()}, new Scalar(value));
    }

    private Series measure(int rounds) {
        Series times = new Series();
        for (int round = -WARM; round < rounds; round++) {
            TunedPrompt other = prompts.get(Math.floorMod(round, prompts.size()));
            Series of = round < 0 ? new Series() : times;
            of.add(PLAIN, millis(() -> glip.ground(picture, Prompt.classes(CLASSES))));
            of.add(SAME, millis(() -> glip.ground(picture, prompts.get(0))));
            of.add(SWITCHED, millis(() -> glip.ground(picture, other)));
        }
        return times;
    }

    private static double millis(Runnable call) {
        long start = CLOCK.getCurrentThreadCpuTime();
        call.run();
        return (CLOCK.getCurrentThreadCpuTime() - start) / MILLIS;
    }

    private static void print(Series times, int prompts, long bytes, int rounds) {
        System.out.printf(
                Locale.ROOT,
                "the nano, %d prompts of %d classes (%d bytes each) beside it, one thread, %d rounds%n%n"
                        + "| milliseconds of a core, a picture | minimum | median | maximum |%n|---|---|---|---|%n",
                prompts,
                CLASSES.size(),
                bytes,
                rounds);
        for (String name : times.names()) {
            Series.Spread spread = times.spread(name);
            System.out.printf(
                    Locale.ROOT, "| %s | %.0f | %.0f | %.0f |%n", name, spread.min(), spread.median(), spread.max());
        }
        Series.Spread ratio = times.ratio(SWITCHED, SAME);
        System.out.printf(
                Locale.ROOT,
                "| switched takes times the same | %.2f | %.2f | %.2f |%n",
                ratio.min(),
                ratio.median(),
                ratio.max());
    }
}
