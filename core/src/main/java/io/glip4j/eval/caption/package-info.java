/** Caption metrics, number by number as pycocoevalcap gives them. */
@NullMarked
package io.glip4j.eval.caption;

import org.jspecify.annotations.NullMarked;
