/** Runs recorded cases through the network and says, stage by stage, how far off it is. */
@NullMarked
package io.glip4j.verify;

import org.jspecify.annotations.NullMarked;
