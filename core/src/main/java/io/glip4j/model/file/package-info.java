/** A whole model in one file: configuration, tokenizer and weights. */
@NullMarked
package io.glip4j.model.file;

import org.jspecify.annotations.NullMarked;
