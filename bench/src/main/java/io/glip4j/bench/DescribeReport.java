package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.PictureMemory;
import io.glip4j.model.WordCache;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.model.head.NextWordHead;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.TorchRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a word of a description costs with keys and values of earlier words kept, against the whole text again for each
 * word, in turn in one run; weights are drawn. Prints a Markdown table.
 */
public final class DescribeReport {
    private static final String USAGE =
            "usage: bench/describe [PRESET HEIGHT WIDTH THREADS ROUNDS], default: nano 384 640 2 5";
    private static final int OPTIONS = 5;
    private static final List<Integer> LENGTHS = List.of(5, 10, 20, 40);
    private static final int BEAMS = 5;
    private static final long SEED = 1;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final String ONCE = "picture, once";

    private final GlipConfig config;
    private final GlipModel model;
    private final NextWordHead head;

    private DescribeReport(GlipConfig config, GlipModel model) {
        this.config = config;
        this.model = model;
        this.head = model.nextWordHead().orElseThrow();
    }

    /** The options of {@code USAGE}, all or none. */
    public static void main(String[] arguments) {
        if (arguments.length != 0 && arguments.length != OPTIONS) {
            System.err.println(USAGE);
            System.exit(2);
        }
        boolean given = arguments.length > 0;
        String preset = given ? arguments[0] : "nano";
        long height = given ? Long.parseLong(arguments[1]) : 384;
        long width = given ? Long.parseLong(arguments[2]) : 640;
        int threads = given ? Integer.parseInt(arguments[3]) : 2;
        int rounds = given ? Integer.parseInt(arguments[4]) : 5;
        TorchRuntime.setThreads(threads);
        GlipConfig config = GlipConfig.preset(preset).withAlso(Set.of(GlipConfig.Head.NEXT_WORD));
        try (Parameters parameters = Parameters.seeded(SEED)) {
            DescribeReport report = new DescribeReport(config, new GlipModel(parameters.in(Form.FAST), config));
            Series times = report.measure(height, width, rounds);
            System.out.printf(
                    "`%s`, fast form, %d x %d, %d threads, %d rounds; seconds for the picture, milliseconds a word:%n%n",
                    preset, height, width, threads, rounds);
            print(times);
        }
    }

    private Series measure(long height, long width, int rounds) {
        Series times = new Series();
        for (int round = 0; round <= rounds; round++) {
            Series of = round == 0 ? new Series() : times;
            try (TensorScope scope = TensorScope.withoutGradient()) {
                torch.manual_seed(SEED);
                Tensor pictures = torch.randn(1, 3, height, width);
                long start = System.nanoTime();
                ImageFeatures features = model.encodeImages(pictures, Mode.INFERENCE);
                PictureMemory memory = model.memorize(features);
                of.add(ONCE, (System.nanoTime() - start) / NANOS);
                for (int words : LENGTHS) {
                    of.add(kept(words, 1), perWord(words, () -> cached(memory, words, 1)));
                    of.add(again(words), perWord(words, () -> whole(memory, words)));
                    of.add(kept(words, BEAMS), perWord(words, () -> cached(memory, words, BEAMS)));
                }
            }
            System.err.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, of);
        }
        return times;
    }

    private static double perWord(int words, Runnable text) {
        long start = System.nanoTime();
        text.run();
        return (System.nanoTime() - start) / NANOS * MILLIS / words;
    }

    private void cached(PictureMemory memory, int words, int texts) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            WordCache cache = new WordCache(config, texts, words, Device.CPU);
            for (int word = 0; word < words; word++) {
                next(memory, ids(texts, word, 1), cache);
            }
        }
    }

    private void whole(PictureMemory memory, int words) {
        for (int word = 0; word < words; word++) {
            next(memory, ids(1, 0, word + 1), WordsBefore.NONE);
        }
    }

    private void next(PictureMemory memory, Tensor ids, WordsBefore before) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor fused = model.describe(memory, ids, before, Mode.INFERENCE);
            Tensors.toFloats(torch.log_softmax(head.forward(fused.select(1, ids.size(1) - 1)), 1));
        }
    }

    private static Tensor ids(int texts, int first, int count) {
        long[] ids = new long[texts * count];
        Arrays.setAll(ids, i -> 1_000 + first + i % count);
        return Tensors.of(ids, texts, count);
    }

    private static String kept(int words, int texts) {
        return words + " words, kept, " + texts + (texts == 1 ? " text" : " beams");
    }

    private static String again(int words) {
        return words + " words, again";
    }

    private static void print(Series times) {
        System.out.println("| | min | median | max |");
        System.out.println("|---|---|---|---|");
        for (String name : times.names()) {
            row(name, times.spread(name));
        }
        for (int words : LENGTHS) {
            row(words + " words: again / kept", times.ratio(again(words), kept(words, 1)));
        }
    }

    private static void row(String name, Series.Spread spread) {
        System.out.printf(
                Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", name, spread.min(), spread.median(), spread.max());
    }
}
