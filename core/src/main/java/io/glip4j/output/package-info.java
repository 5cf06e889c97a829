/** Detections as plain Java records, and how they are made from the network's output. */
@NullMarked
package io.glip4j.output;

import org.jspecify.annotations.NullMarked;
