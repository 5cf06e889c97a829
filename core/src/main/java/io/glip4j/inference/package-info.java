/** A network at work on one picture at a time: from pixels and words to detections. */
@NullMarked
package io.glip4j.inference;

import org.jspecify.annotations.NullMarked;
