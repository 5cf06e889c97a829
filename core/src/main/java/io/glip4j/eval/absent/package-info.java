/** Boxes for things that are not there: what to ask, how often a model is wrong, and thresholds that keep it rare. */
@NullMarked
package io.glip4j.eval.absent;

import org.jspecify.annotations.NullMarked;
