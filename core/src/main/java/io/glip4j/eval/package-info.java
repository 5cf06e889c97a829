/** The official numbers of every task, in plain Java: files in, results out. */
@NullMarked
package io.glip4j.eval;

import org.jspecify.annotations.NullMarked;
