/** Scenes as files: pictures, and their truth in the layouts of COCO, MDETR, RefCOCO and VQA. */
@NullMarked
package io.glip4j.data.scene.file;

import org.jspecify.annotations.NullMarked;
