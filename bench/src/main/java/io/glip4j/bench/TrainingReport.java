package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.distributed.Ranks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * One run that takes training steps here and in a peer in turn, round by round, on the same weights, pictures and
 * prompts; prints Markdown tables of the seconds by part, of pictures a second and of their ratio.
 */
public final class TrainingReport {
    private static final String USAGE =
            "usage: bench/train compare PRESET HEIGHT WIDTH TOKENS BATCH THREADS ROUNDS [no-peer]";
    private static final String OWN = "glip4j";
    private static final String PEER = "PyTorch, eager";
    private static final double NANOS = 1e9;
    private static final String WEIGHTS = "weights.safetensors";
    private static final String TASK = "task.safetensors";

    private TrainingReport() {}

    /** The peer's script, then the options of {@code USAGE}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 8 && arguments.length != 9) {
            System.err.println(USAGE);
            System.exit(2);
        }
        GlipConfig network = GlipConfig.preset(arguments[1]);
        Input input = new Input(
                Integer.parseInt(arguments[5]),
                Long.parseLong(arguments[2]),
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[6]));
        int rounds = Integer.parseInt(arguments[7]);
        TorchRuntime.setThreads(input.threads());
        TrainingTask task = TrainingTask.of(input);
        say(
                "%s, %d pictures of %d x %d a step, %d tokens, %d threads, %d rounds after one to warm up%n%n",
                network.name(),
                input.pictures(),
                input.height(),
                input.width(),
                input.tokens(),
                input.threads(),
                rounds);
        try (TrainingContender own = new TrainingContender(network, task, Ranks.ALONE)) {
            say("| | parameters | trained | sum of losses before training |%n|---|---|---|---|%n");
            say("| %s | %,d | %,d | %.5f |%n", OWN, own.count(), own.trainedCount(), own.loss());
            if (arguments.length == 8) {
                try (Peer peer = start(Path.of(arguments[0]), network, own, task)) {
                    say("| %s |%n", String.join(" | ", PEER, peer.greeting()));
                    measure(own, Optional.of(peer), input, rounds);
                }
            } else {
                measure(own, Optional.empty(), input, rounds);
            }
            say("%nresident at the end, glip4j alone: %.2f GB%n", Pointer.physicalBytes() / NANOS);
        }
    }

    /** Starts the peer on what {@code own} has, which passes through files that it has read when it is ready. */
    private static Peer start(Path script, GlipConfig network, TrainingContender own, TrainingTask task)
            throws IOException {
        Path folder = Files.createTempDirectory("bench-train");
        Path weights = folder.resolve(WEIGHTS);
        Path content = folder.resolve(TASK);
        try {
            own.writeWeights(weights);
            task.write(content);
            return Peer.start(
                    script, network.name(), weights, content, task.input().threads(), String.join(",", own.frozen()));
        } finally {
            Files.deleteIfExists(weights);
            Files.deleteIfExists(content);
            Files.deleteIfExists(folder);
        }
    }

    private static void measure(TrainingContender own, Optional<Peer> peer, Input input, int rounds)
            throws IOException {
        Series whole = new Series();
        Series ownParts = new Series();
        Series peerParts = new Series();
        for (int round = 0; round <= rounds; round++) {
            boolean warmUp = round == 0;
            Series of = warmUp ? new Series() : whole;
            of.add(OWN, own.step(warmUp ? new Series() : ownParts).seconds());
            if (peer.isPresent()) {
                of.add(PEER, step(peer.get(), warmUp ? new Series() : peerParts));
            }
            System.err.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, of);
        }
        print(whole, ownParts, peerParts, input, peer.isPresent());
    }

    private static double step(Peer peer, Series parts) throws IOException {
        double[] seconds = peer.pass();
        double total = 0;
        for (int part = 0; part < seconds.length; part++) {
            parts.add(TrainingContender.PARTS.get(part), seconds[part]);
            total += seconds[part];
        }
        return total;
    }

    private static void print(Series whole, Series own, Series peer, Input input, boolean withPeer) {
        if (withPeer) {
            say("%n| times as fast | minimum | median | maximum |%n|---|---|---|---|%n");
            row("glip4j against " + PEER, whole.ratio(PEER, OWN));
        }
        say("%n| seconds a step | minimum | median | maximum |%n|---|---|---|---|%n");
        for (String name : whole.names()) {
            row(name, whole.spread(name));
        }
        say("%n| pictures a second, by the median | |%n|---|---|%n");
        for (String name : whole.names()) {
            say("| %s | %.2f |%n", name, input.pictures() / whole.spread(name).median());
        }
        say("%n| part, median s | glip4j | share |%s%n", withPeer ? " PyTorch | share |" : "");
        say("|---|---|---|%s%n", withPeer ? "---|---|" : "");
        for (String part : TrainingContender.PARTS) {
            say("| %s |%s%s%n", part, cells(own, part, whole, OWN), withPeer ? cells(peer, part, whole, PEER) : "");
        }
    }

    private static String cells(Series parts, String part, Series whole, String name) {
        double seconds = parts.spread(part).median();
        return String.format(
                Locale.ROOT,
                " %.3f | %.0f %% |",
                seconds,
                100 * seconds / whole.spread(name).median());
    }

    private static void row(String name, Series.Spread spread) {
        say("| %s | %.2f | %.2f | %.2f |%n", name, spread.min(), spread.median(), spread.max());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
