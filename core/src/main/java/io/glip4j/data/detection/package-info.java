/** Detection data sets too large for objects in memory, or whose classes are known picture by picture. */
@NullMarked
package io.glip4j.data.detection;

import org.jspecify.annotations.NullMarked;
