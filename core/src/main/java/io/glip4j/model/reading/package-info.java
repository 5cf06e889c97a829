/** Words of questions and descriptions read a finished picture, beyond what they see of it while they are fused. */
@NullMarked
package io.glip4j.model.reading;

import org.jspecify.annotations.NullMarked;
