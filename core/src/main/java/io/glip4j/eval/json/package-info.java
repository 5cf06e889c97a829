/** Reading evaluation files as streams, with errors that name file and record. */
@NullMarked
package io.glip4j.eval.json;

import org.jspecify.annotations.NullMarked;
