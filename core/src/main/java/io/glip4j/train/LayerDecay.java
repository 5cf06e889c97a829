package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layer-wise decay of the learning rate (Howard and Ruder 2018; BEiT): of an encoder's last layer as configured, of each
 * earlier one smaller by the same factor, of what stands before the first layer smallest.
 */
public final class LayerDecay {
    private static final List<String> ENCODERS = List.of("backbone.body.", "language_backbone.body.");

    /** A parameter of a layer: Swin's and MobileNet's blocks, BERT's layers, CLIP's blocks. */
    private static final Pattern LAYER =
            Pattern.compile("^(.*?(?:layers\\.\\d+\\.blocks|encoder\\.layer|resblocks|blocks)\\.\\d+\\.).*");

    private static final String PROBE = "weight";

    private LayerDecay() {}

    /**
     * A solver with a rate of its own for each layer of both encoders.
     *
     * @param parameters names, in the order of the network
     * @param decay factor from a layer to the one before it, (0, 1]
     */
    public static SolverConfig applied(SolverConfig solver, Collection<String> parameters, double decay) {
        if (!(decay > 0 && decay <= 1)) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a layer decay in (0, 1], got " + decay);
        }
        Map<String, Double> factors = new LinkedHashMap<>(solver.rateFactors());
        for (String encoder : ENCODERS) {
            List<String> layers = layers(parameters, encoder);
            double configured = solver.rateOf(encoder + PROBE) / solver.baseRate();
            if (layers.isEmpty()) {
                continue;
            }
            for (String name : parameters) {
                if (name.startsWith(encoder) && !LAYER.matcher(name).matches()) {
                    int depth = depthOfOther(parameters, layers, name);
                    factors.put(name, configured * Math.pow(decay, layers.size() - depth));
                }
            }
            for (int i = 0; i < layers.size(); i++) {
                factors.put(layers.get(i), configured * Math.pow(decay, layers.size() - 1.0 - i));
            }
        }
        return solver.withRateFactors(factors);
    }

    /** Prefixes of the encoder's layers, in order. */
    private static List<String> layers(Collection<String> parameters, String encoder) {
        Set<String> layers = new LinkedHashSet<>();
        for (String name : parameters) {
            Matcher layer = LAYER.matcher(name);
            if (name.startsWith(encoder) && layer.matches()) {
                layers.add(layer.group(1));
            }
        }
        return new ArrayList<>(layers);
    }

    /** How many layers stand before a parameter that is in none, as in the order of the network. */
    private static int depthOfOther(Collection<String> parameters, List<String> layers, String other) {
        int depth = 0;
        for (String name : parameters) {
            if (name.equals(other)) {
                break;
            }
            Matcher layer = LAYER.matcher(name);
            if (layer.matches() && layers.contains(layer.group(1))) {
                depth = layers.indexOf(layer.group(1)) + 1;
            }
        }
        return depth;
    }
}
