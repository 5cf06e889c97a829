/** Weights that other projects published, read from the packages' own files into the network's parameters. */
@NullMarked
package io.glip4j.pretrained;

import org.jspecify.annotations.NullMarked;
