/** Image and text encoders and the feature pyramid. */
@NullMarked
package io.glip4j.model.encoder;

import org.jspecify.annotations.NullMarked;
