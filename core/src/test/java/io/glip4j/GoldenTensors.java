package io.glip4j;

import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.bytedeco.pytorch.Tensor;

/** Recorded tensors of a safetensors file by name. Open a TensorScope around its use. */
public final class GoldenTensors implements AutoCloseable {
    private final StateDict tensors;

    private GoldenTensors(StateDict tensors) {
        this.tensors = tensors;
    }

    /** The expectations of one case: {@code expected.safetensors} in its folder, gzipped in the reduced copies. */
    public static GoldenTensors expected(Path folder) {
        Path plain = folder.resolve("expected.safetensors");
        return Files.exists(plain) ? open(plain) : inflated(folder.resolve("expected.safetensors.gz"));
    }

    private static GoldenTensors inflated(Path file) {
        try (InputStream content = new GZIPInputStream(Files.newInputStream(file))) {
            return new GoldenTensors(Checkpoints.read(file.toString(), content.readAllBytes()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static GoldenTensors open(Path file) {
        return new GoldenTensors(Checkpoints.open(file));
    }

    public StateDict stateDict() {
        return tensors;
    }

    public boolean has(String name) {
        return tensors.has(name);
    }

    public Tensor tensor(String name) {
        return tensors.tensor(name);
    }

    /** Row by row, widened or rounded to float32. */
    public float[] floats(String name) {
        return Tensors.toFloats(tensor(name));
    }

    /** Row by row, for whole numbers and truth values. */
    public long[] longs(String name) {
        return Tensors.toLongs(tensor(name));
    }

    /** The same shape, and values within a share of the largest expected magnitude. */
    public void assertClose(String name, Tensor got, double relative) {
        Assertions.assertThat(Tensors.shape(got)).as(name + ": shape").isEqualTo(Tensors.shape(tensor(name)));
        Close.assertClose(name, Tensors.toFloats(got), floats(name), relative);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
