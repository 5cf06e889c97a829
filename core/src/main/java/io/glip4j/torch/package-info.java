/** The only room that knows native memory: scopes, parameters and the layers built on them. */
@NullMarked
package io.glip4j.torch;

import org.jspecify.annotations.NullMarked;
