/** Data sets of captions whose phrases have boxes. */
@NullMarked
package io.glip4j.data.grounding;

import org.jspecify.annotations.NullMarked;
