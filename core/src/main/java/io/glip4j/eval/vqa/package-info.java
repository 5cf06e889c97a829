/** VQA accuracy with the official normalisation of answers. */
@NullMarked
package io.glip4j.eval.vqa;

import org.jspecify.annotations.NullMarked;
