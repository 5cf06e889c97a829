/** Teaches a nano's words, by many prompts on few pictures, which things they name. */
@NullMarked
package io.glip4j.train.words;

import org.jspecify.annotations.NullMarked;
