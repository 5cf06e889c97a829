package io.glip4j.torch;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where a model lives; chosen once, when it is loaded. */
public enum Device {
    CPU("cpu"),
    /** Needs libtorch's CUDA jars on the class path and CUDA on the machine. */
    CUDA("cuda");

    private final String torchName;

    Device(String torchName) {
        this.torchName = torchName;
    }

    /** CUDA where it can be had, CPU elsewhere. */
    public static Device best() {
        TorchRuntime.start();
        return torch.cuda_is_available() ? CUDA : CPU;
    }

    /**
     * This device, if the machine has it.
     *
     * @throws GlipException BAD_ARGUMENT if CUDA was asked for and is not there
     */
    public Device orThrow() {
        TorchRuntime.start();
        if (this == CUDA && !torch.cuda_is_available()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted the device CUDA, got a machine or class path without it; add the CUDA jars of libtorch or"
                            + " choose CPU");
        }
        return this;
    }

    /** Where a tensor lives. */
    public static Device of(Tensor tensor) {
        return tensor.is_cuda() ? CUDA : CPU;
    }

    /** The tensor itself where it is there already, a copy on this device elsewhere. */
    public Tensor place(Tensor tensor) {
        org.bytedeco.pytorch.Device target = new org.bytedeco.pytorch.Device(torchName);
        return of(tensor) == this ? tensor : tensor.to(target, tensor.scalar_type());
    }
}
