package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Normalises groups of channels over the whole picture, then scales and shifts each channel; float32 whatever it is
 * given.
 */
public final class GroupNorm {
    private final Tensor weight;
    private final Tensor bias;
    private final long groups;
    private final double epsilon;

    public GroupNorm(Parameters parameters, long groups, long channels, double epsilon) {
        this.weight = parameters.register("weight", Initializer.ONES, channels);
        this.bias = parameters.register("bias", Initializer.ZEROS, channels);
        this.groups = groups;
        this.epsilon = epsilon;
    }

    /** What it does to one picture's channels, of which the mean and the mean of squares are given by channel. */
    public ChannelScale scale(double[] means, double[] meanSquares) {
        float[] weights = Tensors.toFloats(weight);
        float[] biases = Tensors.toFloats(bias);
        int channels = means.length;
        int inGroup = Math.toIntExact(channels / groups);
        float[] factors = new float[channels];
        float[] terms = new float[channels];
        for (int first = 0; first < channels; first += inGroup) {
            double mean = 0;
            double meanSquare = 0;
            for (int channel = first; channel < first + inGroup; channel++) {
                mean += means[channel] / inGroup;
                meanSquare += meanSquares[channel] / inGroup;
            }
            double deviation = Math.sqrt(Math.max(0, meanSquare - mean * mean) + epsilon);
            for (int channel = first; channel < first + inGroup; channel++) {
                factors[channel] = (float) (weights[channel] / deviation);
                terms[channel] = (float) (biases[channel] - mean * weights[channel] / deviation);
            }
        }
        return new ChannelScale(factors, terms);
    }

    /** (N, channels, H, W) to the same shape. */
    public Tensor forward(Tensor x) {
        return torch.group_norm(
                Tensors.exact(x), groups, new TensorOptional(weight), new TensorOptional(bias), epsilon, false);
    }
}
