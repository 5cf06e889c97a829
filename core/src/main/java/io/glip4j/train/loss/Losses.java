package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What one training step minimises.
 *
 * @param terms scalars that carry gradients, in the order of {@link LossTerm}
 */
public record Losses(Map<LossTerm, Tensor> terms) {
    public Losses {
        terms = Collections.unmodifiableMap(new EnumMap<>(terms));
    }

    /** These and one more. */
    public Losses with(LossTerm term, Tensor value) {
        Map<LossTerm, Tensor> more = new EnumMap<>(terms);
        more.put(term, value);
        return new Losses(more);
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
