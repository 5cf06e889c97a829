/** Synthetic grounding scenes: named icons drawn on textures and photographs, with words for everything in them. */
@NullMarked
package io.glip4j.data.scene;

import org.jspecify.annotations.NullMarked;
