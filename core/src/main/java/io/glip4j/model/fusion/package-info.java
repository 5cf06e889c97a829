/** The deep fusion encoder: bi-directional attention, text layer and dynamic head. */
@NullMarked
package io.glip4j.model.fusion;

import org.jspecify.annotations.NullMarked;
