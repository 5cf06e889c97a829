package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * L_inter (GLIPv2, section 3.2): which words of all texts name which regions of all pictures, over every rank. Each
 * region picks its words by a softmax over all words, each word its regions by one over all regions; both
 * cross-entropies are averaged and divided by the positives.
 *
 * <p>Letters: M regions and W words of this rank, Ma and Wa of all. A rank looks at its own rows (M x Wa) and its own
 * columns (Ma x W) of the matrix of similarities, never at the whole. What its features change in the rows and columns
 * of others follows from those softmaxes' normalisers, which are gathered too: the gradient is that of the whole loss.
 */
final class InterImageLoss {
    private static final int PER_ITEM = 2; // normaliser and number of partners of a row or column

    private final RegionsAndWords own;
    private final Gathered regions;
    private final Gathered words;

    private InterImageLoss(RegionsAndWords own, Ranks ranks) {
        this.own = own;
        Tensor counts = ranks.gather(Tensors.of(new long[] {own.regionCount(), own.wordCount()}, 2)); // (R, 2)
        long[] all = Tensors.toLongs(counts);
        this.regions = new Gathered(ranks, every(all, 0));
        this.words = new Gathered(ranks, every(all, 1));
    }

    /**
     * This rank's share, so scaled that the mean over ranks is the loss; a scalar.
     *
     * @param logScale (1), the logarithm of the temperature
     * @param positives of all ranks together
     */
    static Tensor of(RegionsAndWords own, Tensor logScale, double positives, Ranks ranks) {
        InterImageLoss loss = new InterImageLoss(own, ranks);
        if (loss.regions.total() == 0 || loss.words.total() == 0) { // the same on every rank
            return Tensors.times(own.regions().sum().add(own.words().sum()).add(logScale.sum()), 0);
        }
        return Tensors.times(loss.sum(logScale), ranks.count() / Math.max(positives, 1));
    }

    private static List<Integer> every(long[] pairs, int first) {
        return IntStream.range(0, pairs.length / 2)
                .mapToObj(rank -> Math.toIntExact(pairs[2 * rank + first]))
                .toList();
    }

    private Tensor sum(Tensor logScale) {
        Tensor allRegions = regions.join(own.regions()); // (Ma, D)
        Tensor allWords = words.join(own.words()); // (Wa, D)
        Tensor rows = similarity(own.regions(), allWords, logScale); // (M, Wa)
        Tensor columns = similarity(allRegions, own.words(), logScale.detach()); // (Ma, W)
        Tensor rowsWanted = wanted(own.regionClasses(), words.join(own.wordClasses()), 1, words.first());
        Tensor columnsWanted = wanted(own.wordClasses(), regions.join(own.regionClasses()), 0, regions.first());

        Softmax ofRows = new Softmax(rows.detach(), rowsWanted, 1);
        Softmax ofColumns = new Softmax(columns.detach(), columnsWanted, 0);
        Softmax rowsOfAll = regions.join(ofRows, 1);
        Softmax columnsOfAll = words.join(ofColumns, 0);

        Tensor slopeOfRows = ofRows.slope(rows.detach(), rowsWanted).add(columnsOfAll.slope(rows.detach(), rowsWanted));
        Tensor slopeOfColumns =
                ofColumns.slope(columns.detach(), columnsWanted).add(rowsOfAll.slope(columns.detach(), columnsWanted));
        Tensor value = ofRows.loss(rows.detach(), rowsWanted).add(ofColumns.loss(columns.detach(), columnsWanted));
        Tensor linear =
                slopeOfRows.mul(rows).sum().add(slopeOfColumns.mul(columns).sum());
        return Tensors.times(value.add(linear.sub(linear.detach())), 0.5);
    }

    private static Tensor similarity(Tensor regions, Tensor words, Tensor logScale) {
        return regions.matmul(words.t()).div(logScale.exp());
    }

    /**
     * What rows or columns of this rank want of everyone's.
     *
     * @param along the axis everyone's lie on: 1 for (M, Wa), 0 for (Ma, W)
     * @param first where this rank's begin among everyone's
     */
    private Tensor wanted(Tensor ownClasses, Tensor allClasses, int along, int first) {
        Tensor mine = ownClasses.unsqueeze(along);
        Tensor others = allClasses.unsqueeze(1 - along);
        Tensor named = others.ne(new Scalar(RegionsAndWords.FREE_TEXT));
        Tensor wanted = mine.eq(others).logical_and(named).to(own.regions().scalar_type());
        Tensor pairs = own.wanted(); // (M, W)
        wanted.narrow(along, first, pairs.size(along)).copy_(pairs);
        return wanted;
    }

    /** Where the items of each rank lie when all are joined. */
    private record Gathered(Ranks ranks, List<Integer> counts) {
        int total() {
            return counts.stream().mapToInt(Integer::intValue).sum();
        }

        int first() {
            return counts.stream()
                    .limit(ranks.rank())
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        /** Everyone's items, (count, ...) of this rank to (total, ...), without gradient. */
        Tensor join(Tensor local) {
            int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
            long[] shape = Tensors.shape(local);
            shape[0] = most;
            Tensor padded = torch.zeros(shape).to(local.scalar_type());
            padded.narrow(0, 0, local.size(0)).copy_(local.detach());
            Tensor all = ranks.gather(padded); // (R, most, ...)
            return Tensors.cat(
                    0,
                    IntStream.range(0, counts.size())
                            .mapToObj(rank -> all.select(0, rank).narrow(0, 0, counts.get(rank)))
                            .toArray(Tensor[]::new));
        }

        /** Everyone's softmaxes. */
        Softmax join(Softmax local, int axis) {
            Tensor both =
                    Tensors.stack(1, local.logSum().flatten(), local.partners().flatten()); // (count, 2)
            Tensor all = join(both); // (total, PER_ITEM)
            return new Softmax(
                    all.select(1, 0).unsqueeze(axis),
                    all.select(1, PER_ITEM - 1).unsqueeze(axis));
        }
    }

    /**
     * One softmax a row, kept as (rows, 1), or one a column, kept as (1, columns).
     *
     * @param logSum logarithm of its sum of exponentials
     * @param partners how many it wants; where none, it has no part in the loss
     */
    private record Softmax(Tensor logSum, Tensor partners) {
        Softmax(Tensor similarity, Tensor wanted, int axis) {
            this(similarity.logsumexp(new long[] {axis}, true), wanted.sum(new long[] {axis}, true, none()));
        }

        private static ScalarTypeOptional none() {
            return new ScalarTypeOptional();
        }

        /** Sum of the cross-entropies with evenly shared targets. */
        Tensor loss(Tensor similarity, Tensor wanted) {
            return share(wanted).mul(logSum.sub(similarity)).sum();
        }

        /** Derivative of the sum by each similarity. */
        Tensor slope(Tensor similarity, Tensor wanted) {
            Tensor taking = partners.gt(new Scalar(0)).to(similarity.scalar_type());
            return similarity.sub(logSum).exp().mul(taking).sub(share(wanted));
        }

        private Tensor share(Tensor wanted) {
            return wanted.div(partners.clamp_min(new Scalar(1)));
        }
    }
}
