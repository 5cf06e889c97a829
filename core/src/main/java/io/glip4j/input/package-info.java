/** Pictures to pixels and prompts to tokens, remembering how to undo it. */
@NullMarked
package io.glip4j.input;

import org.jspecify.annotations.NullMarked;
