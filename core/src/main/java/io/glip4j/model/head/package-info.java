/** What is read off the fused features: boxes, word logits, masks, masked words. */
@NullMarked
package io.glip4j.model.head;

import org.jspecify.annotations.NullMarked;
