package io.glip4j.eval.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Objects or detections to compare, each with the positions of its picture and its category, and, once sorted, grouped
 * by class (a category, or all categories together) and within a class by picture; within a picture by category, then
 * in the file's order.
 */
final class Side<T> {
    private final List<T> items = new ArrayList<>();
    private int[] image = new int[64];
    private int[] category = new int[64];
    private int[] order = {};
    private int[] start = {};

    void add(T item, int imagePosition, int categoryPosition) {
        int size = items.size();
        if (size == image.length) {
            image = Arrays.copyOf(image, 2 * size);
            category = Arrays.copyOf(category, 2 * size);
        }
        image[size] = imagePosition;
        category[size] = categoryPosition;
        items.add(item);
    }

    int size() {
        return items.size();
    }

    /** Groups the items; afterwards {@link #begin}, {@link #item} and {@link #image} hold. */
    void sort(int images, int categories, boolean together) {
        int[] asRead = new int[items.size()];
        Arrays.setAll(asRead, i -> i);
        int[] byCategory = countingSort(asRead, category, categories);
        int[] byImage = countingSort(byCategory, image, images);
        order = together ? byImage : countingSort(byImage, category, categories);
        int classes = together ? 1 : categories;
        start = new int[classes + 1];
        if (together) {
            start[1] = items.size();
        } else {
            for (int i = 0; i < items.size(); i++) {
                start[category[i] + 1]++;
            }
            for (int k = 0; k < classes; k++) {
                start[k + 1] += start[k];
            }
        }
    }

    /** Stable: items of equal key keep their order. */
    private static int[] countingSort(int[] order, int[] key, int keys) {
        int[] next = new int[keys + 1];
        for (int item : order) {
            next[key[item] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            next[k + 1] += next[k];
        }
        int[] sorted = new int[order.length];
        for (int item : order) {
            sorted[next[key[item]]++] = item;
        }
        return sorted;
    }

    /** First place of a class; it ends where the next begins. */
    int begin(int classPosition) {
        return start[classPosition];
    }

    T item(int place) {
        return items.get(order[place]);
    }

    /** Position of the picture of the item at this place. */
    int image(int place) {
        return image[order[place]];
    }
}
