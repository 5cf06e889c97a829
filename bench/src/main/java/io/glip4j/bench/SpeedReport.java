package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Form;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One run that takes the fast forms, the plain form and a peer in turn, round by round, so that whatever else the machine
 * does falls on all of them; prints a Markdown table of ratios with minimum, median and maximum.
 */
public final class SpeedReport {
    private static final String USAGE =
            "usage: bench/speed compare [PRESET HEIGHT WIDTH TOKENS THREADS ROUNDS [no-peer]], default: tiny 800 1344 48 2 3";
    private static final String FAST = "glip4j, fast form";
    private static final String HALF = "glip4j, fast form in bfloat16";
    private static final String PLAIN = "glip4j, plain form";
    private static final String PEER = "GroundingDINO-T, eager PyTorch";
    private static final String PRODUCT = "matrix product";
    private static final double NANOS = 1e9;
    private static final double TERA = 1e12;

    private SpeedReport() {}

    /** The peer's script, then the options of {@code USAGE}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 && arguments.length != 7 && arguments.length != 8) {
            System.err.println(USAGE);
            System.exit(2);
        }
        boolean given = arguments.length > 1;
        String preset = given ? arguments[1] : "tiny";
        Input input = given
                ? new Input(
                        Long.parseLong(arguments[2]),
                        Long.parseLong(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]))
                : new Input(800, 1344, 48, 2);
        int rounds = given ? Integer.parseInt(arguments[6]) : 3;
        boolean withPeer = arguments.length < 8;
        TorchRuntime.setThreads(input.threads());
        try (Contender fast = new Contender(GlipConfig.preset(preset), Form.FAST, input);
                Contender half = new Contender(GlipConfig.preset(preset), Form.BFLOAT16, input);
                Contender plain = new Contender(GlipConfig.preset(preset), Form.PLAIN, input)) {
            Optional<Peer> peer = withPeer
                    ? Optional.of(Peer.start(
                            Path.of(arguments[0]), input.height(), input.width(), input.tokens(), input.threads()))
                    : Optional.empty();
            Series whole = new Series();
            Series fastStages = new Series();
            Series halfStages = new Series();
            Series plainStages = new Series();
            for (int round = 0; round <= rounds; round++) {
                boolean warmUp = round == 0;
                Series of = warmUp ? new Series() : whole;
                of.add(PRODUCT, product());
                of.add(FAST, fast.pass(warmUp ? new Series() : fastStages));
                of.add(HALF, half.pass(warmUp ? new Series() : halfStages));
                of.add(PLAIN, plain.pass(warmUp ? new Series() : plainStages));
                if (peer.isPresent()) {
                    of.add(PEER, peer.get().pass()[0]);
                }
                System.err.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, of);
            }
            if (peer.isPresent()) {
                peer.get().close();
            }
            print(preset, input, rounds, whole, List.of(fastStages, halfStages, plainStages), peer.isPresent());
        }
    }

    /** GFLOP/s of a product as large as one of the dynamic head's. */
    private static double product() {
        long rows = 2_048;
        long in = 2_304;
        long out = 256;
        int times = 10;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor x = torch.randn(rows, in);
            Tensor weight = torch.randn(out, in);
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                LinearKernel.of(Form.FAST).apply(x, weight, null);
            }
            return 2.0 * times * rows * in * out / (System.nanoTime() - start);
        }
    }

    private static void print(String preset, Input input, int rounds, Series whole, List<Series> stages, boolean peer) {
        say(
                "%s at %d x %d, %d tokens, %d threads, %d rounds after one to warm up%n%n",
                preset, input.height(), input.width(), input.tokens(), input.threads(), rounds);
        say("| times as fast | minimum | median | maximum |%n|---|---|---|---|%n");
        row("fast form against plain form", whole.ratio(PLAIN, FAST));
        row("bfloat16 against fast form", whole.ratio(FAST, HALF));
        if (peer) {
            row("fast form against " + PEER, whole.ratio(PEER, FAST));
            row("bfloat16 against " + PEER, whole.ratio(PEER, HALF));
        }
        say("%n| seconds | minimum | median | maximum |%n|---|---|---|---|%n");
        for (String name : whole.names()) {
            if (!name.equals(PRODUCT)) {
                row(name, whole.spread(name));
            }
        }
        say("%n| GFLOP/s | minimum | median | maximum |%n|---|---|---|---|%n");
        row("matrix product 2048 x 2304 x 256 in the same run", whole.spread(PRODUCT));
        if (GlipConfig.preset(preset).imageEncoder() instanceof SwinConfig) {
            double operations = Arithmetic.of(GlipConfig.preset(preset), input);
            double rate = operations / whole.spread(FAST).median() / NANOS;
            say(
                    "%nThe folded form needs %.3f TFLOP: %.0f GFLOP/s, %.0f %% of the matrix product.%n",
                    operations / TERA, rate, 100 * rate / whole.spread(PRODUCT).median());
        }
        say("%n| stage, median s | fast form | share | bfloat16 | share | plain form |%n|---|---|---|---|---|---|%n");
        Series fast = stages.get(0);
        Series half = stages.get(1);
        for (String stage : fast.names()) {
            double seconds = fast.spread(stage).median();
            double halved = half.spread(stage).median();
            say(
                    "| %s | %.3f | %.0f %% | %.3f | %.0f %% | %.3f |%n",
                    stage,
                    seconds,
                    100 * seconds / whole.spread(FAST).median(),
                    halved,
                    100 * halved / whole.spread(HALF).median(),
                    stages.get(2).spread(stage).median());
        }
        say("%nresident at the end, all forms loaded: %.2f GB%n", Pointer.physicalBytes() / NANOS);
    }

    private static void row(String name, Series.Spread spread) {
        say("| %s | %.2f | %.2f | %.2f |%n", name, spread.min(), spread.median(), spread.max());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
