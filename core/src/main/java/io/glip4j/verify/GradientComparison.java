package io.glip4j.verify;

import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradients after one backward pass: value by value where they were recorded so, else by their norm. Reported is the
 * worst parameter of each part of the network.
 */
final class GradientComparison {
    private static final String VALUES = "grad.";
    private static final String TOTAL_NORM = "grad_total_norm";
    private static final double TOLERANCE = 1e-3;
    /** Gradients that are zero in exact arithmetic are recorded as rounding of at most this size. */
    private static final double ROUNDING = 1e-6;

    private final RecordedCase recorded;
    private final Map<String, Tensor> parameters;
    private final Map<String, StageResult> worst = new TreeMap<>();

    GradientComparison(RecordedCase recorded, Map<String, Tensor> parameters) {
        this.recorded = recorded;
        this.parameters = parameters;
    }

    List<StageResult> results() {
        parameters.forEach((name, parameter) -> {
            if (recorded.expects(VALUES + name)) {
                note(VALUES, name, error(values(parameter), Tensors.toFloats(recorded.expected(VALUES + name))));
            }
        });
        double squares = 0;
        for (Tensor parameter : parameters.values()) {
            double norm = norm(parameter);
            squares += norm * norm;
        }
        recorded.json().path("grad_norms").properties().forEach(recordedNorm -> {
            String name = recordedNorm.getKey();
            Tensor parameter = parameters.get(name);
            if (parameter != null) {
                float[] expected = {(float) recordedNorm.getValue().asDouble()};
                note("grad_norms.", name, error(new float[] {(float) norm(parameter)}, expected));
            }
        });
        List<StageResult> results = new ArrayList<>(worst.values());
        if (recorded.expects(TOTAL_NORM)) {
            float[] expected = Tensors.toFloats(recorded.expected(TOTAL_NORM));
            results.add(new StageResult(
                    TOTAL_NORM, error(new float[] {(float) Math.sqrt(squares)}, expected), TOLERANCE));
        }
        return results;
    }

    private void note(String kind, String name, double error) {
        StageResult result = new StageResult(kind + name, error, TOLERANCE);
        worst.merge(kind + part(name), result, (one, other) -> worse(one.error(), other.error()) ? one : other);
    }

    private static boolean worse(double one, double other) {
        return Double.isNaN(one) || one >= other;
    }

    /** The part of the network a parameter belongs to: its name up to the second dot. */
    private static String part(String name) {
        Iterator<String> parts = List.of(name.split("\\.")).iterator();
        String first = parts.next();
        return parts.hasNext() ? first + "." + parts.next() : first;
    }

    /** A parameter that the pass did not reach has zeros. */
    private static float[] values(Tensor parameter) {
        Tensor gradient = parameter.grad();
        return gradient.defined() ? Tensors.toFloats(gradient) : new float[Math.toIntExact(parameter.numel())];
    }

    private static double norm(Tensor parameter) {
        double squares = 0;
        for (float value : values(parameter)) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** The largest difference beyond rounding, as a share of the largest expected magnitude. */
    private static double error(float[] got, float[] expected) {
        if (got.length != expected.length) {
            return Double.NaN;
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < got.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) got[i] - expected[i])); // a NaN stays
        }
        double beyond = difference - ROUNDING;
        return beyond <= 0 ? 0 : beyond / largest;
    }
}
