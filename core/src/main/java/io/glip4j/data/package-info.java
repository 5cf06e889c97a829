/** Annotated pictures: reading data sets, augmenting, and turning them into prompts and batches. */
@NullMarked
package io.glip4j.data;

import org.jspecify.annotations.NullMarked;
