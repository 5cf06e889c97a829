/** What training minimises: which anchors answer for which boxes, and one method per loss. */
@NullMarked
package io.glip4j.train.loss;

import org.jspecify.annotations.NullMarked;
