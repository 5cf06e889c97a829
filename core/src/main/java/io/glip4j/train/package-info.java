/** Training: the solver, the loop, checkpoints that resume exactly, and what watches them. */
@NullMarked
package io.glip4j.train;

import org.jspecify.annotations.NullMarked;
