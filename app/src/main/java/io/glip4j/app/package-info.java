/** The command line: one class per command, and nothing a library user would need. */
@NullMarked
package io.glip4j.app;

import org.jspecify.annotations.NullMarked;
