package io.glip4j.data.scene.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.scene.Scene;
import java.nio.file.Path;
import java.util.List;

/** Sentences as references for captions, {@code captions.json} in COCO's layout. */
final class CaptionRecords implements SceneRecords {
    private final JsonLists lists = new JsonLists("images", "annotations");
    private long next = 1;

    private record Reference(
            long id, @JsonProperty("image_id") long imageId, String caption) {}

    @Override
    public void add(ScenePicture picture, Scene scene) {
        add(picture, scene.captions());
    }

    void add(ScenePicture picture, List<Scene.Description> captions) {
        lists.add("images", picture);
        for (Scene.Description description : captions) {
            lists.add(
                    "annotations",
                    new Reference(next++, picture.id(), description.caption().text()));
        }
    }

    @Override
    public void write(Path folder) {
        lists.write(folder.resolve("captions.json"));
    }
}
