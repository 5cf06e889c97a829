/** JSON files larger than memory: read record by record with errors that name file and record, grown line by line. */
@NullMarked
package io.glip4j.json;

import org.jspecify.annotations.NullMarked;
