/** From the probabilities of next words to sentences; plain Java, knows nothing of networks. */
@NullMarked
package io.glip4j.inference.decoding;

import org.jspecify.annotations.NullMarked;
