/** Compact tables of pictures and boxes, for data sets of millions of them. */
@NullMarked
package io.glip4j.data.table;

import org.jspecify.annotations.NullMarked;
