/** Detections onto a picture. */
@NullMarked
package io.glip4j.paint;

import org.jspecify.annotations.NullMarked;
