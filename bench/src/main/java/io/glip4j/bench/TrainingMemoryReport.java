package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Recomputation;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.train.ComputeConfig.Kept;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What one process takes for the forward and the backward pass of a training step of {@code tiny}, all of whose
 * parameters learn: its largest resident memory (of Linux) and the seconds of the second step. The moments and averages of a
 * solver, which are the same in both cases, are not in it.
 */
public final class TrainingMemoryReport {
    private static final int THREADS = 2;
    private static final double NANOS = 1e9;

    private TrainingMemoryReport() {}

    /** {@code ALL|BOUNDARIES HEIGHT WIDTH TOKENS}. */
    public static void main(String[] arguments) throws IOException {
        Kept kept = Kept.valueOf(arguments[0]);
        TorchRuntime.setThreads(THREADS);
        try (Parameters parameters = Parameters.seeded(1)) {
            GlipModel model = new GlipModel(parameters, GlipConfig.preset("tiny"));
            parameters.requireGradient(name -> true);
            long resident = MemoryReport.largestResident();
            step(model, kept, arguments);
            double seconds = step(model, kept, arguments);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f GB | %.2f GB | %.1f |%n",
                    kept,
                    MemoryReport.largestResident() / 1e9,
                    resident / 1e9,
                    seconds);
        }
    }

    /** Seconds of one step. */
    private static double step(GlipModel model, Kept kept, String[] arguments) {
        long begin = System.nanoTime();
        try (TensorScope scope = TensorScope.open()) {
            Tensor image = torch.randn(1, 3, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
            int tokens = Integer.parseInt(arguments[3]);
            long[] ids = LongStream.range(1_000, 1_000 + tokens).toArray();
            TextBatch text = new TextBatch(
                    Tensors.of(ids, 1, tokens),
                    Tensors.of(LongStream.generate(() -> 1).limit(tokens).toArray(), 1, tokens));
            GlipOutput output = kept == Kept.BOUNDARIES
                    ? Recomputation.during(() -> model.forward(image, text, Mode.TRAINING))
                    : model.forward(image, text, Mode.TRAINING);
            Stream.of(output.boxDeltas(), output.centerness(), output.wordLogits())
                    .flatMap(levels ->
                            levels.stream().map(level -> level.square().mean()))
                    .reduce(Tensor::add)
                    .orElseThrow()
                    .backward();
        }
        return (System.nanoTime() - begin) / NANOS;
    }
}
