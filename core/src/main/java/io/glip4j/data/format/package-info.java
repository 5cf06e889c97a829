/** The formats that data sets come in, in one list. */
@NullMarked
package io.glip4j.data.format;

import org.jspecify.annotations.NullMarked;
