/** The network: its typed configuration, its forward and its output. */
@NullMarked
package io.glip4j.model;

import org.jspecify.annotations.NullMarked;
