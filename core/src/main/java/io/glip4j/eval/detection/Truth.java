package io.glip4j.eval.detection;

import java.util.List;

/** What an annotation file says: pictures, categories and objects, each in the file's order. */
public record Truth(List<TruthImage> images, List<TruthCategory> categories, List<TruthObject> objects) {
    public Truth {
        images = List.copyOf(images);
        categories = List.copyOf(categories);
        objects = List.copyOf(objects);
    }
}
