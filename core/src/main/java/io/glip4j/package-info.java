/** The facade most programs need: load a model, ground words in a picture. */
@NullMarked
package io.glip4j;

import org.jspecify.annotations.NullMarked;
