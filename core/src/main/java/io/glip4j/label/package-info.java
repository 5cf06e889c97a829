/** Labels made by a teacher: boxes of classes, or of the noun phrases of captions, written as data to train on. */
@NullMarked
package io.glip4j.label;

import org.jspecify.annotations.NullMarked;
