package io.glip4j.torch.checkpoint;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Copies a checkpoint into a model's parameters, strictly both ways: every parameter gets a value of its own shape, and
 * every tensor of the checkpoint is used or known to stand for no weight ({@link PublishedNames}).
 */
public final class StrictLoader {
    /** Names of one kind of mismatch that a message spells out. */
    private static final int MOST_NAMES = 25;

    private final Map<String, Tensor> parameters;
    private final StateDict weights;
    private final Map<String, String> storedNames = new LinkedHashMap<>();
    private final TreeSet<String> missing = new TreeSet<>();
    private final TreeSet<String> unexpected = new TreeSet<>();
    private final TreeSet<String> misshapen = new TreeSet<>();

    private StrictLoader(Map<String, Tensor> parameters, StateDict weights) {
        this.parameters = parameters;
        this.weights = weights;
    }

    /**
     * Loads every parameter. Half precision is widened to float32. Nothing is changed where anything is wrong.
     *
     * @throws GlipException CHECKPOINT_MISMATCH, naming all missing, unexpected and misshapen tensors
     */
    public static void load(Parameters parameters, StateDict weights) {
        load(parameters, weights, name -> true);
    }

    /**
     * Loads the parameters whose full names are accepted, as {@link #load(Parameters, StateDict)} does; the others, and
     * the checkpoint's tensors of such names, are left alone.
     */
    public static void load(Parameters parameters, StateDict weights, Predicate<String> accepted) {
        StrictLoader loader = new StrictLoader(parameters.byName(), weights);
        loader.match(accepted);
        loader.refuseMismatch();
        loader.copy();
    }

    private void match(Predicate<String> accepted) {
        parameters.forEach((name, parameter) -> {
            if (accepted.test(name)) {
                matchParameter(name, parameter);
            }
        });
        weights.names().stream()
                .filter(accepted)
                .filter(name -> !parameters.containsKey(name))
                .filter(name -> !parameters.containsKey(PublishedNames.twin(name)))
                .filter(name -> !PublishedNames.standsForNoWeight(name))
                .forEach(unexpected::add);
    }

    private void matchParameter(String name, Tensor parameter) {
        String stored = weights.has(name) ? name : PublishedNames.twin(name);
        if (!weights.has(stored)) {
            missing.add(name);
            return;
        }
        TensorInfo info = weights.info(stored);
        long[] wanted = Tensors.shape(parameter);
        if (!info.dtype().floating() || !Arrays.equals(info.shapeArray(), wanted)) {
            misshapen.add(name + ": wanted " + Tensors.describeShape(wanted) + ", got " + info);
        }
        storedNames.put(name, stored);
    }

    private void refuseMismatch() {
        if (missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty()) {
            return;
        }
        String mismatch = Stream.of(
                        describe("missing", missing),
                        describe("unexpected", unexpected),
                        describe("of another shape or type", misshapen))
                .filter(group -> !group.isEmpty())
                .collect(Collectors.joining("; "));
        throw new GlipException(
                ErrorCode.CHECKPOINT_MISMATCH,
                weights.source() + " does not fit the network of " + parameters.size() + " parameters: " + mismatch
                        + ". Choose the preset or configuration that it was saved with");
    }

    private static String describe(String kind, Collection<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String spelled = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return names.size() + " " + kind + " (" + spelled + more + ")";
    }

    private void copy() {
        parameters.forEach((name, parameter) -> {
            String stored = storedNames.get(name);
            if (stored != null) {
                try (TensorScope scope = TensorScope.withoutGradient()) {
                    parameter.copy_(weights.tensor(stored));
                }
            }
        });
    }
}
