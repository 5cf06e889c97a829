/** Average precision and recall of boxes and masks by the rules of COCO and LVIS. */
@NullMarked
package io.glip4j.eval.detection;

import org.jspecify.annotations.NullMarked;
