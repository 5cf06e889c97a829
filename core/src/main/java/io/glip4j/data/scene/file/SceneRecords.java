package io.glip4j.data.scene.file;

import io.glip4j.data.scene.Scene;
import java.nio.file.Path;

/** One kind of truth about scenes, gathered scene by scene and then written. */
interface SceneRecords {
    /**
     * Takes what is to be written of a scene.
     *
     * @param picture the picture's number and file name
     */
    void add(ScenePicture picture, Scene scene);

    /** Writes the files. */
    void write(Path folder);
}
