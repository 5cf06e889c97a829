package io.glip4j.torch.ops;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * RoIAlign (He et al., Mask R-CNN, 2017), not aligned: the features under a box, read at regularly spaced points
 * between the pixels and averaged over a grid of cells. Every box reads the one pyramid level its size asks for.
 *
 * <p>Each cell is a weighted sum of few rows of the pyramid seen as a table of locations, so that one lookup serves all
 * boxes, and gradients flow to the features (not to the boxes).
 *
 * @param size cells per side of the result
 * @param samples points per cell and side
 */
public record RoiAlign(int size, int samples) {
    /** As the mask head wants it. */
    public static final RoiAlign MASK = new RoiAlign(14, 2);

    private static final int BOX = 4;
    private static final int FINEST_STRIDE = 8;
    private static final int FINEST_LEVEL = 3;
    private static final int CANONICAL_LEVEL = 4;
    private static final double CANONICAL_SIZE = 224;
    private static final double LEVEL_EPSILON = 1e-6;
    private static final int CORNERS = 2;
    private static final long SUM = 0;

    public RoiAlign {
        if (size < 1 || samples < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted at least one cell and one sample, got " + size + " and " + samples);
        }
    }

    /**
     * R boxes over L levels of N pictures to (R, C, size, size).
     *
     * @param levels (N, C, H, W) each, finest first, strides 8, 16, ...
     * @param boxesXyxy R x 4, in pixels of the resized picture
     * @param pictures R, which of the N pictures each box is on
     */
    public Tensor forward(List<Tensor> levels, float[] boxesXyxy, int[] pictures) {
        if (boxesXyxy.length != BOX * pictures.length) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted four numbers a box for " + pictures.length + " boxes, got " + boxesXyxy.length);
        }
        int regions = pictures.length;
        long channels = levels.get(0).size(1);
        if (regions == 0) {
            return torch.empty(0, channels, size, size);
        }
        int cells = size * size;
        int perCell = samples * CORNERS * samples * CORNERS;
        long[] rows = new long[regions * cells * perCell];
        float[] weights = new float[rows.length];
        long[] starts = LongStream.range(0, (long) regions * cells)
                .map(cell -> cell * perCell)
                .toArray();
        Table[] tables = tables(levels);
        for (int region = 0; region < regions; region++) {
            float[] box = Arrays.copyOfRange(boxesXyxy, BOX * region, BOX * region + BOX);
            int level = levelOf(box[0], box[1], box[2], box[3], levels.size());
            tables[level].fill(this, box, pictures[region], region * cells * perCell, rows, weights);
        }
        Tensor pooled = torch.embedding_bag(
                        locations(levels),
                        Tensors.of(rows, rows.length),
                        Tensors.of(starts, starts.length),
                        false,
                        SUM,
                        false,
                        new TensorOptional(Tensors.of(weights, weights.length)),
                        false)
                .get0(); // (R*S*S, C)
        return pooled.reshape(regions, size, size, channels).permute(0, 3, 1, 2); // (R, C, S, S)
    }

    /**
     * The index among {@code levels} (0 the finest, stride 8) whose cells suit a box of this size (Lin et al., FPN,
     * 2017, equation 1), sides with the legacy +1.
     */
    public static int levelOf(double x1, double y1, double x2, double y2, int levels) {
        double side = Math.sqrt((x2 - x1 + 1) * (y2 - y1 + 1));
        double level = Math.floor(
                CANONICAL_LEVEL + Math.log(side / CANONICAL_SIZE + LEVEL_EPSILON) / Math.log(2) - FINEST_LEVEL);
        return (int) Math.max(0, Math.min(levels - 1, level));
    }

    /** All levels' locations below one another: level by level, picture by picture, row by row. */
    private static Tensor locations(List<Tensor> levels) {
        Tensor[] flat = levels.stream()
                .map(level -> level.permute(0, 2, 3, 1).reshape(-1, level.size(1))) // (N*H*W, C)
                .toArray(Tensor[]::new);
        return flat.length == 1 ? flat[0] : Tensors.cat(0, flat);
    }

    private static Table[] tables(List<Tensor> levels) {
        Table[] tables = new Table[levels.size()];
        long first = 0;
        for (int level = 0; level < tables.length; level++) {
            Tensor feature = levels.get(level);
            int height = Math.toIntExact(feature.size(2));
            int width = Math.toIntExact(feature.size(3));
            tables[level] = new Table(first, height, width, 1f / (FINEST_STRIDE << level));
            first += feature.size(0) * height * width;
        }
        return tables;
    }

    /** Where one level stands in the table of locations. */
    private record Table(long first, int height, int width, float scale) {
        void fill(RoiAlign grid, float[] box, int picture, int start, long[] rows, float[] weights) {
            Axis vertical = new Axis(grid, box[1] * scale, box[3] * scale, height);
            Axis horizontal = new Axis(grid, box[0] * scale, box[2] * scale, width);
            long origin = first + (long) picture * height * width;
            int points = grid.samples * CORNERS;
            int at = start;
            for (int row = 0; row < grid.size; row++) {
                for (int column = 0; column < grid.size; column++) {
                    for (int i = row * points; i < (row + 1) * points; i++) {
                        for (int j = column * points; j < (column + 1) * points; j++) {
                            rows[at] = origin + (long) vertical.index[i] * width + horizontal.index[j];
                            weights[at] = vertical.weight[i] * horizontal.weight[j];
                            at++;
                        }
                    }
                }
            }
        }
    }

    /** The two neighbours of every sample along one side of a box, and their share in the cell's mean. */
    private static final class Axis {
        final int[] index;
        final float[] weight;

        Axis(RoiAlign grid, float from, float to, int extent) {
            int points = grid.size * grid.samples;
            index = new int[points * CORNERS];
            weight = new float[points * CORNERS];
            float cell = Math.max(to - from, 1f) / grid.size;
            for (int point = 0; point < points; point++) {
                int before = point / grid.samples;
                float within = (point % grid.samples + 0.5f) * cell / grid.samples;
                set(point, from + before * cell + within, extent, 1f / grid.samples);
            }
        }

        /** A sample more than one pixel outside counts as zero; one nearer takes the border's value. */
        private void set(int point, float position, int extent, float share) {
            if (position < -1 || position > extent) {
                return;
            }
            float inside = Math.min(Math.max(position, 0), extent - 1f);
            int low = (int) inside;
            float fraction = inside - low;
            index[CORNERS * point] = low;
            index[CORNERS * point + 1] = Math.min(low + 1, extent - 1);
            weight[CORNERS * point] = share * (1 - fraction);
            weight[CORNERS * point + 1] = share * fraction;
        }
    }
}
