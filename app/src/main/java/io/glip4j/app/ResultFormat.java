package io.glip4j.app;

/** How results are printed. */
enum ResultFormat {
    /** For people. */
    TABLE,
    /** One object, or an array of them where there are several pictures; see docs/detections.schema.json. */
    JSON,
    /** One array in the format of COCO results, categories numbered from 1 in the prompt's order. */
    COCO
}
