/** Referring segmentation: RefCOCO's rule and PhraseCut's. */
@NullMarked
package io.glip4j.eval.referring;

import org.jspecify.annotations.NullMarked;
