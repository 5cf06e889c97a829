/** Flickr30k Entities: sentences whose phrases have boxes. */
@NullMarked
package io.glip4j.data.flickr;

import org.jspecify.annotations.NullMarked;
