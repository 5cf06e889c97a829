/** Checkpoints: PyTorch .pth and safetensors, read and written by their own names. */
@NullMarked
package io.glip4j.torch.checkpoint;

import org.jspecify.annotations.NullMarked;
