package io.glip4j.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/** Computes large products in a smaller type where that is safe; weights stay float32. */
public final class Autocast {
    private Autocast() {}

    /** Runs on this thread with libtorch's autocast to bfloat16; the backward pass of the result may come later. */
    public static <T> T bfloat16(Supplier<T> pass) {
        TorchRuntime.start();
        torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(torch.DeviceType.CPU, true);
        torch.increment_nesting();
        try {
            return pass.get();
        } finally {
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache();
            }
            torch.set_autocast_enabled(torch.DeviceType.CPU, false);
        }
    }

    /** Whether this thread is in such a pass. */
    static boolean isBfloat16() {
        return torch.is_autocast_enabled(torch.DeviceType.CPU);
    }

    /** Lets weights be cast again where they are used next, in a pass that has cast some without gradient. */
    static void forgetWeights() {
        torch.clear_cache();
    }
}
