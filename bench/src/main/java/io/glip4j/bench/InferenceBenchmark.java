package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.TorchRuntime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One picture through a network with drawn weights, whole and by stage; {@code tiny} at 800x1333, padded. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class InferenceBenchmark {
    private static final long SEED = 1;
    private static final double ASPECT = 1333.0 / 800;

    /** Tokens of a prompt of 14 classes. */
    private static final int TOKENS = 48;

    /** Which network. */
    @Param({"nano", "tiny"})
    public String preset = "nano";

    /** Threads of one operator. */
    @Param({"2"})
    public int threads;

    private TensorScope inputs;
    private Parameters parameters;
    private GlipModel model;
    private Tensor images;
    private TextBatch text;
    private ImageFeatures imageFeatures;
    private TextFeatures textFeatures;

    /** Draws weights and makes each stage's input. */
    @Setup
    public void setUp() {
        GlipConfig config = GlipConfig.preset(preset);
        TorchRuntime.setThreads(threads);
        parameters = Parameters.seeded(SEED);
        model = new GlipModel(parameters, config);
        inputs = TensorScope.withoutGradient();
        long height = padded(config.image().shorterSide(), config.image().divisor());
        long width = padded(
                Math.round(config.image().shorterSide() * ASPECT),
                config.image().divisor());
        images = torch.randn(1, 3, height, width);
        long[] ids = new long[TOKENS];
        Arrays.setAll(ids, i -> 1_000 + i);
        long[] mask = new long[TOKENS];
        Arrays.fill(mask, 1);
        text = new TextBatch(Tensors.of(ids, 1, TOKENS), Tensors.of(mask, 1, TOKENS));
        imageFeatures = model.encodeImages(images, Mode.INFERENCE);
        textFeatures = model.encodeText(text);
    }

    @TearDown
    public void tearDown() {
        inputs.close();
        parameters.close();
    }

    @Benchmark
    public long whole() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return model.forward(images, text, Mode.INFERENCE).boxDeltas().size();
        }
    }

    @Benchmark
    public long imageEncoderAndPyramid() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return model.encodeImages(images, Mode.INFERENCE).levels().size();
        }
    }

    @Benchmark
    public long textEncoder() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return model.encodeText(text).hidden().numel();
        }
    }

    @Benchmark
    public long fusionAndHead() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return model.ground(imageFeatures, textFeatures, Mode.INFERENCE)
                    .boxDeltas()
                    .size();
        }
    }

    private static long padded(long side, long divisor) {
        return (side + divisor - 1) / divisor * divisor;
    }
}
