/** A model on a data set: what to ask of each picture, answers kept as they come, official results and scores. */
@NullMarked
package io.glip4j.eval.run;

import org.jspecify.annotations.NullMarked;
