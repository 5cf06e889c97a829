package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            double configured = solver.rateOf(encoder + PROBE) / solver.baseRate();
            Map<String, Integer> depths = new LinkedHashMap<>();
            int layers = depths(parameters, encoder, depths);
            if (layers > 0) {
                depths.forEach((prefix, depth) ->
                        factors.put(prefix, configured * Math.pow(decay, (double) layers - depth)));
            }
        }
        return solver.withRateFactors(factors);
    }

    /**
     * How many layers there are.
     *
     * @param depths takes for each layer's prefix its number, from 1, and for each other parameter's name the number of
     *     the layer before it
     */
    private static int depths(Collection<String> parameters, String encoder, Map<String, Integer> depths) {
        int layers = 0;
        for (String name : parameters) {
            if (!name.startsWith(encoder)) {
                continue;
            }
            Matcher layer = LAYER.matcher(name);
            if (!layer.matches()) {
                depths.put(name, layers);
            } else if (depths.putIfAbsent(layer.group(1), layers + 1) == null) {
                layers++;
            }
        }
        return layers;
    }
}
