package io.glip4j.data.scene.file;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A picture record of COCO. */
record ScenePicture(long id, @JsonProperty("file_name") String fileName, int width, int height) {}
