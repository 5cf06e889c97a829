package io.glip4j.model.fusion;

import io.glip4j.model.FusionConfig;
import io.glip4j.torch.ChannelScale;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.ops.FeatureMap;
import io.glip4j.torch.ops.Taps;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link DynamicHead} over Java arrays, channels last. Normalisation, the weights of the levels and their mean are each a
 * factor and a term by channel, and their means follow from the means of the convolutions' outputs; so everything after
 * the convolutions is one pass over the positions. Inference only.
 */
final class FusedDynamicHead implements PictureLayer {
    /** Rows of positions that one thread blends at a time. */
    private static final int ROWS = 2;

    private final DynamicHeadWeights weights;

    /** Registers what {@link DynamicHeadWeights} names. */
    FusedDynamicHead(Parameters parameters, FusionConfig config) {
        this.weights = new DynamicHeadWeights(parameters, config);
    }

    @Override
    public List<Tensor> forward(List<Tensor> levels) { // (N, C, H, W) each
        List<FeatureMap> maps = levels.stream().map(FeatureMap::of).toList();
        List<Tensor> updated = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            int level = i;
            updated.add(TensorScope.local(() -> blend(maps.get(level), look(levels.get(level), maps, level))));
        }
        return updated;
    }

    /** What a level of H x W sees on itself and its neighbours. */
    private List<Neighbour> look(Tensor own, List<FeatureMap> maps, int level) {
        FeatureMap map = maps.get(level);
        Tensor chosen = Tensors.exact(weights.offsets.forward(own)); // (N, 27, H, W)
        Taps taps = Taps.of(
                chosen.narrow(1, 0, DynamicHeadWeights.OFFSETS),
                chosen.narrow(1, DynamicHeadWeights.OFFSETS, DynamicHeadWeights.MASKS)
                        .sigmoid());
        List<Neighbour> seen = new ArrayList<>();
        seen.add(look(weights.fromSame, map, taps, map));
        if (level > 0) {
            seen.add(look(weights.fromFiner, maps.get(level - 1), taps, map));
        }
        if (level < maps.size() - 1) {
            FeatureMap coarser = maps.get(level + 1);
            seen.add(look(weights.fromCoarser, coarser, taps.relaid(coarser.height(), coarser.width()), map));
        }
        return seen;
    }

    private static Neighbour look(NormalizedDeformation by, FeatureMap at, Taps taps, FeatureMap like) {
        return new Neighbour(by.convolve(at, taps), by.norm(), like.height(), like.width());
    }

    /** Normalises, weighs and adds up what was seen, and chooses the larger of two lines: (N, C, H, W). */
    private Tensor blend(FeatureMap like, List<Neighbour> seen) {
        Tensor result = torch.empty(like.pictures(), like.height(), like.width(), like.channels());
        for (int picture = 0; picture < like.pictures(); picture++) {
            blend(like, seen, picture, result.select(0, picture));
        }
        return result.permute(0, 3, 1, 2);
    }

    private void blend(FeatureMap like, List<Neighbour> seen, int picture, Tensor target) {
        Sum sum = Sum.of(seen, picture, like.channels(), weights.attention);
        Tensor mean = Tensors.of(sum.means, 1, like.channels());
        DynamicRelu.Lines lines = weights.activation.lines(mean);
        float[] slope1 = Tensors.toFloats(lines.slope1());
        float[] intercept1 = Tensors.toFloats(lines.intercept1());
        float[] slope2 = Tensors.toFloats(lines.slope2());
        float[] intercept2 = Tensors.toFloats(lines.intercept2());
        int channels = like.channels();
        int rowLength = like.width() * channels;
        if (like.cells() == 0) {
            return; // without memory
        }
        try (FloatPointer memory = target.data_ptr_float()) {
            Parallel.pieces(like.height(), ROWS, (from, to) -> {
                float[] values = new float[rowLength];
                float[] position = new float[channels];
                try (FloatPointer own = new FloatPointer(memory)) {
                    for (int row = from; row < to; row++) {
                        for (int column = 0; column < like.width(); column++) {
                            sum.at(row, column, position);
                            chooseLarger(position, slope1, intercept1, slope2, intercept2);
                            System.arraycopy(position, 0, values, column * channels, channels);
                        }
                        own.position((long) row * rowLength).put(values);
                    }
                }
            });
        }
    }

    private static void chooseLarger(
            float[] x, float[] slope1, float[] intercept1, float[] slope2, float[] intercept2) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(slope1[i] * x[i] + intercept1[i], slope2[i] * x[i] + intercept2[i]);
        }
    }

    /** The weighted mean of all neighbours at any position of one picture: a factor for each, and a term, by channel. */
    private static final class Sum {
        final List<Neighbour> neighbours;
        final int picture;
        final List<float[]> factors = new ArrayList<>();
        final float[] terms;
        final float[] means;

        private Sum(List<Neighbour> neighbours, int picture, int channels) {
            this.neighbours = neighbours;
            this.picture = picture;
            this.terms = new float[channels];
            this.means = new float[channels];
        }

        static Sum of(List<Neighbour> neighbours, int picture, int channels, ScaleAttention attention) {
            Sum sum = new Sum(neighbours, picture, channels);
            neighbours.forEach(neighbour -> sum.add(neighbour, attention));
            return sum;
        }

        private void add(Neighbour neighbour, ScaleAttention attention) {
            ChannelScale scale = neighbour.scale(picture);
            double[] raw = neighbour.means(picture);
            float[] normed = new float[raw.length];
            for (int channel = 0; channel < raw.length; channel++) {
                normed[channel] = (float) (scale.factor(channel) * raw[channel] + scale.term(channel));
            }
            double share = attention.weight(normed) / neighbours.size();
            float[] factor = new float[raw.length];
            for (int channel = 0; channel < raw.length; channel++) {
                factor[channel] = (float) (share * scale.factor(channel));
                terms[channel] += (float) (share * scale.term(channel));
                means[channel] += (float) (share * normed[channel]);
            }
            factors.add(factor);
        }

        void at(int row, int column, float[] out) {
            System.arraycopy(terms, 0, out, 0, out.length);
            for (int i = 0; i < factors.size(); i++) {
                neighbours.get(i).add(picture, row, column, factors.get(i), out);
            }
        }
    }
}
