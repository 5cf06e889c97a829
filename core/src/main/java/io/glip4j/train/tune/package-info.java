/** Few-shot tuning by ODinW's protocol: what a model gains on one set with few pictures, and what that costs on others. */
@NullMarked
package io.glip4j.train.tune;

import org.jspecify.annotations.NullMarked;
