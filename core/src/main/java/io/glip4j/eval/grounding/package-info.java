/** Phrase grounding: Flickr30k Entities. */
@NullMarked
package io.glip4j.eval.grounding;

import org.jspecify.annotations.NullMarked;
