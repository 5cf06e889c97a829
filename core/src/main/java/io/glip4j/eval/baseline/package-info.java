/** What scores without what is measured: without the picture, or without the shape. A model has to beat these. */
@NullMarked
package io.glip4j.eval.baseline;

import org.jspecify.annotations.NullMarked;
