package io.glip4j.eval.absent;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.Seeds;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.eval.detection.TruthReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names of a data set's categories are to be seen in a picture and which are not, where every object of every
 * category is annotated.
 */
public final class PictureNames {
    private final List<PromptCategory> categories;
    private final Map<Long, List<TruthObject>> objects;
    private final int most;
    private final long seed;

    /**
     * The names of a COCO file.
     *
     * @param most absent names asked for in a picture, drawn by {@code seed}
     * @throws GlipException BAD_ARGUMENT if {@code most} is below 1; BAD_ANNOTATIONS
     */
    public PictureNames(Path annotations, int most, long seed) {
        if (most < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "absent names: wanted at least 1 for a picture, got " + most);
        }
        Truth truth = TruthReader.read(annotations, OverlapKind.BOX);
        this.categories = truth.categories().stream()
                .map(category -> new PromptCategory(category.id(), category.name()))
                .filter(category -> !category.name().isBlank())
                .toList();
        this.objects = truth.objects().stream().collect(Collectors.groupingBy(TruthObject::imageId));
        this.most = most;
        this.seed = seed;
        if (truth.images().stream().allMatch(image -> absent(image.id()).isEmpty())) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    annotations + ": wanted pictures in which some category is absent, got none; give other pictures");
        }
    }

    /** The categories of what is annotated in a picture. */
    public List<PromptCategory> present(long image) {
        Set<Long> seen = seen(image);
        return categories.stream()
                .filter(category -> seen.contains(category.id()))
                .toList();
    }

    /** Some of the others, the same ones each time. */
    public List<PromptCategory> absent(long image) {
        Set<Long> seen = seen(image);
        List<PromptCategory> others = categories.stream()
                .filter(category -> !seen.contains(category.id()))
                .toList();
        int[] order = Seeds.permutation(others.size(), Seeds.random(seed, image));
        return Arrays.stream(order).limit(most).mapToObj(others::get).toList();
    }

    /** The objects of a picture that are annotated one by one. */
    public List<TruthObject> objects(long image) {
        return objects.getOrDefault(image, List.of()).stream()
                .filter(object -> !object.crowd())
                .toList();
    }

    private Set<Long> seen(long image) {
        return objects.getOrDefault(image, List.of()).stream()
                .map(TruthObject::categoryId)
                .collect(Collectors.toUnmodifiableSet());
    }
}
