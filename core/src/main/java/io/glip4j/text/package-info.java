/** How Python, in which the official tools are written, splits and rounds; how VQA v2 compares answers. */
@NullMarked
package io.glip4j.text;

import org.jspecify.annotations.NullMarked;
