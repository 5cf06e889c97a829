/** How Python, in which the official tools are written, splits and rounds. */
@NullMarked
package io.glip4j.text;

import org.jspecify.annotations.NullMarked;
