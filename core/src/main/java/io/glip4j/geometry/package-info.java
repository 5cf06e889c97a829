/** Boxes, box coding and anchors: pure functions, the box format in every name. */
@NullMarked
package io.glip4j.geometry;

import org.jspecify.annotations.NullMarked;
