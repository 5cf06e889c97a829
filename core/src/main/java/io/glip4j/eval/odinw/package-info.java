/** Object detection in the wild: many small data sets, zero-shot and few-shot. */
@NullMarked
package io.glip4j.eval.odinw;

import org.jspecify.annotations.NullMarked;
