package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * What one training step minimises.
 *
 * @param terms scalars that carry gradients, in the order of {@link LossTerm}
 */
public record Losses(Map<LossTerm, Tensor> terms) {
    public Losses {
        Map<LossTerm, Tensor> ordered = new EnumMap<>(LossTerm.class);
        ordered.putAll(terms);
        terms = Collections.unmodifiableMap(ordered);
    }

    /** These and one more. */
    public Losses with(LossTerm term, Tensor value) {
        Map<LossTerm, Tensor> more = new LinkedHashMap<>(terms);
        more.put(term, value);
        return new Losses(more);
    }

    /** These and others, none of them the same. */
    public Losses and(Losses others) {
        Losses all = this;
        for (Map.Entry<LossTerm, Tensor> other : others.terms.entrySet()) {
            if (terms.containsKey(other.getKey())) {
                throw new IllegalArgumentException("wanted each loss once, got " + other.getKey() + " twice");
            }
            all = all.with(other.getKey(), other.getValue());
        }
        return all;
    }

    /** Each multiplied by its weight. */
    public Losses weighted(ToDoubleFunction<LossTerm> weight) {
        Map<LossTerm, Tensor> scaled = new EnumMap<>(LossTerm.class);
        terms.forEach((term, value) -> scaled.put(term, Tensors.times(value, weight.applyAsDouble(term))));
        return new Losses(scaled);
    }

    public Tensor get(LossTerm term) {
        Tensor value = terms.get(term);
        if (value == null) {
            throw new IllegalArgumentException("wanted the loss " + term + ", have " + terms.keySet());
        }
        return value;
    }

    /** The plain sum. */
    public Tensor total() {
        return terms.values().stream().reduce(Tensor::add).orElseThrow();
    }

    /** The terms as plain numbers, averaged over ranks: what the whole global batch costs. */
    public Map<LossTerm, Double> averages(Ranks ranks) {
        double[] own =
                values().values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] sums = ranks.sums(own);
        Map<LossTerm, Double> averages = new EnumMap<>(LossTerm.class);
        int at = 0;
        for (LossTerm term : terms.keySet()) {
            averages.put(term, sums[at++] / ranks.count());
        }
        return averages;
    }

    /** The terms as plain numbers, to show. */
    public Map<LossTerm, Double> values() {
        Map<LossTerm, Double> values = new EnumMap<>(LossTerm.class);
        terms.forEach((term, value) -> values.put(term, (double) Tensors.toFloats(value)[0]));
        return values;
    }
}
