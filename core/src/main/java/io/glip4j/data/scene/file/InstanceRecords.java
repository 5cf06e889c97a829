package io.glip4j.data.scene.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.scene.Scene;
import io.glip4j.data.scene.SceneObject;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.json.RunLengthsJson;
import java.nio.file.Path;
import java.util.List;

/** Objects with boxes and masks, {@code instances.json} in COCO's layout; a category is a name's label + 1. */
final class InstanceRecords implements SceneRecords {
    private final JsonLists lists = new JsonLists("categories", "images", "annotations");
    private long next = 1;

    InstanceRecords(List<String> names) {
        for (int label = 0; label < names.size(); label++) {
            lists.add("categories", new Category(label + 1, names.get(label)));
        }
    }

    private record Instance(
            long id,
            @JsonProperty("image_id") long imageId,
            @JsonProperty("category_id") long categoryId,
            List<Integer> bbox,
            long area,
            int iscrowd,
            RunLengthsJson segmentation) {}

    /** x, y, width, height. */
    static List<Integer> box(RunLengthMask mask) {
        BoxXywh box = mask.box();
        return List.of((int) box.x(), (int) box.y(), (int) box.width(), (int) box.height());
    }

    @Override
    public void add(ScenePicture picture, Scene scene) {
        lists.add("images", picture);
        for (SceneObject object : scene.objects()) {
            RunLengthMask mask = object.mask();
            lists.add(
                    "annotations",
                    new Instance(
                            next++,
                            picture.id(),
                            object.label() + 1,
                            box(mask),
                            mask.area(),
                            0,
                            RunLengthsJson.of(mask)));
        }
    }

    @Override
    public void write(Path folder) {
        lists.write(folder.resolve("instances.json"));
    }
}
