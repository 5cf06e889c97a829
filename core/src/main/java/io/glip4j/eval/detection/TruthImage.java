package io.glip4j.eval.detection;

import java.util.Set;

/**
 * One picture of an annotation file; height and width in pixels, 0 where the file has none.
 *
 * @param absentCategories LVIS: categories checked to be absent ({@code neg_category_ids})
 * @param incompleteCategories LVIS: categories of which not all objects are annotated
 */
public record TruthImage(long id, int height, int width, Set<Long> absentCategories, Set<Long> incompleteCategories) {
    public TruthImage {
        absentCategories = Set.copyOf(absentCategories);
        incompleteCategories = Set.copyOf(incompleteCategories);
    }
}
