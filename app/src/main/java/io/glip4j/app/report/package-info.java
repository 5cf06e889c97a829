/** What an evaluation leaves for a person to look at: curves and a page of pictures. */
@NullMarked
package io.glip4j.app.report;

import org.jspecify.annotations.NullMarked;
