/** Questions with answers, and descriptions, of pictures. */
@NullMarked
package io.glip4j.data.language;

import org.jspecify.annotations.NullMarked;
