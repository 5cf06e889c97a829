package io.glip4j.train.loss;

import io.glip4j.data.Seeds;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.head.RegionWordProjection;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * L_inter of a batch: the features under positive anchors and the words, both from before fusion, of every picture
 * against those of every other and of every rank.
 *
 * @param mostRegions of one picture; where there are more positive anchors, so many of them are drawn
 */
public record RegionWordContrast(int mostRegions) {
    public static final RegionWordContrast PUBLISHED = new RegionWordContrast(100);

    /**
     * This rank's share, so scaled that the mean over ranks is the loss; a scalar.
     *
     * @param positives of this rank's N pictures
     * @param batch what is to be found on them
     * @param seed of the draw where a picture has too many regions, the same on every rank
     */
    public Tensor of(
            RegionWordProjection projection,
            ImageFeatures images,
            TextFeatures text,
            Positives positives,
            List<PictureTruth> batch,
            Ranks ranks,
            long seed) {
        int[] regions = regions(positives, batch.size(), seed, ranks.rank()); // M numbers of positives
        long tokens = text.attentionMask().size(1);
        long[] mask = Tensors.toLongs(text.attentionMask()); // N x T
        int[] words = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray(); // W of N x T
        int[] wordPictures =
                Arrays.stream(words).map(word -> (int) (word / tokens)).toArray();

        boolean[] named = new boolean[regions.length * words.length];
        for (int i = 0; i < regions.length; i++) {
            int picture = positives.picture(regions[i]);
            List<Integer> positions = batch.get(picture).tokens().get(positives.box(regions[i]));
            for (int j = 0; j < words.length; j++) {
                named[i * words.length + j] =
                        wordPictures[j] == picture && positions.contains((int) (words[j] % tokens));
            }
        }
        Tensor places = positives.rows().index_select(0, indices(regions));
        RegionsAndWords own = new RegionsAndWords(
                projection.regions(GroundingLoss.rows(images.levels(), places)),
                projection.words(text.embedded().flatten(0, 1).index_select(0, indices(words))),
                Arrays.stream(regions).map(positives::picture).toArray(),
                wordPictures,
                Arrays.stream(regions)
                        .mapToLong(i -> batch.get(positives.picture(i)).classOfBox(positives.box(i)))
                        .toArray(),
                Arrays.stream(words)
                        .mapToLong(word -> batch.get((int) (word / tokens)).classOfToken((int) (word % tokens)))
                        .toArray(),
                named);
        return InterImageLoss.of(own, projection.logScale(), positives.total(), ranks);
    }

    /** Numbers of the positives that take part, ascending. */
    private int[] regions(Positives positives, int pictures, long seed, int rank) {
        return IntStream.range(0, pictures)
                .flatMap(picture -> {
                    int[] all = IntStream.range(0, positives.count())
                            .filter(i -> positives.picture(i) == picture)
                            .toArray();
                    if (all.length <= mostRegions) {
                        return Arrays.stream(all);
                    }
                    long place = (long) rank * pictures + picture;
                    int[] order = Seeds.permutation(all.length, Seeds.random(seed, place));
                    return Arrays.stream(order).limit(mostRegions).sorted().map(i -> all[i]);
                })
                .toArray();
    }

    private static Tensor indices(int[] values) {
        return Tensors.of(Arrays.stream(values).asLongStream().toArray(), values.length);
    }
}
