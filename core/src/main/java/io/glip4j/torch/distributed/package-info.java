/** Many processes that train one network: what they exchange, and what happens when one of them is lost. */
@NullMarked
package io.glip4j.torch.distributed;

import org.jspecify.annotations.NullMarked;
