/** Operators libtorch lacks: an interface, a plain reference and a fast kernel each. */
@NullMarked
package io.glip4j.torch.ops;

import org.jspecify.annotations.NullMarked;
