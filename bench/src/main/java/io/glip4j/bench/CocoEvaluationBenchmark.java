package io.glip4j.bench;

import io.glip4j.eval.detection.CocoEvaluation;
import io.glip4j.eval.detection.CocoParameters;
import io.glip4j.eval.detection.CocoSummary;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.ResultReader;
import io.glip4j.eval.detection.ScoredObject;
import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * COCO AP of files made by {@code bench/against_pycocotools.py}; the heap is held to 1 GB. One cold call each, as one
 * calls it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 3, jvmArgs = "-Xmx1g")
public class CocoEvaluationBenchmark {
    /** Where {@code gt.json}, {@code boxes.json} and {@code masks.json} are. */
    @Param("")
    public String folder = "";

    @Param({"BOX", "MASK"})
    public OverlapKind kind = OverlapKind.BOX;

    private Truth truth = new Truth(List.of(), List.of(), List.of());
    private List<ScoredObject> results = List.of();

    /** Reads the files, for the benchmark that only compares. */
    @Setup
    public void read() {
        truth = TruthReader.read(Path.of(folder, "gt.json"), kind);
        results = ResultReader.read(Path.of(folder, kind == OverlapKind.BOX ? "boxes.json" : "masks.json"), kind);
    }

    @Benchmark
    public Map<String, Double> evaluate() {
        return new CocoSummary(CocoEvaluation.evaluate(truth, results, CocoParameters.official(kind))).official();
    }

    /** From files to numbers; what was read before is given up first. */
    @Benchmark
    public Map<String, Double> readAndEvaluate() {
        truth = new Truth(List.of(), List.of(), List.of());
        results = List.of();
        read();
        return evaluate();
    }
}
