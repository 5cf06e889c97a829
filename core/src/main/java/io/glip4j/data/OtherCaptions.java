package io.glip4j.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Captions of other samples of the same data set, where that lends them, and how many go into a prompt. */
public final class OtherCaptions {
    /** No captions. */
    public static final OtherCaptions NONE = new OtherCaptions(List.of(), CaptionPacking.NONE);

    private final Map<String, GroundingDataset> lenders = new HashMap<>();
    private final CaptionPacking packing;

    /** The captions of a mixture's data sets. */
    public OtherCaptions(Mixture mixture, CaptionPacking packing) {
        this(mixture.parts().stream().map(Mixture.Part::dataset).toList(), packing);
    }

    OtherCaptions(List<GroundingDataset> datasets, CaptionPacking packing) {
        this.packing = packing;
        for (GroundingDataset dataset : datasets) {
            if (dataset.lendsCaptions()) {
                lenders.put(dataset.sample(0).dataset(), dataset);
            }
        }
    }

    /** How many a sample's prompt gets, where there are any. */
    int number(GroundingSample sample, SplittableRandom random) {
        return lenders.containsKey(sample.dataset()) ? packing.draw(random) : 0;
    }

    /** A caption drawn from the sample's data set; empty if what was drawn has none, or shows the same picture. */
    Optional<Caption> draw(GroundingSample beside, SplittableRandom random) {
        GroundingDataset dataset = lenders.get(beside.dataset());
        if (dataset == null) {
            return Optional.empty();
        }
        GroundingSample drawn = dataset.sample(random.nextInt(dataset.size()));
        return drawn.text() instanceof Caption caption && !drawn.picture().equals(beside.picture())
                ? Optional.of(caption)
                : Optional.empty();
    }
}
