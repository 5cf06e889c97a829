package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged copies of good files: each is read, or refused with the right kind of error; nothing else happens. */
class HostileFuzzTest {
    private static final long SEED = 20_240_607;
    private static final int DAMAGED_COPIES = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "protocol4.pth", "types.safetensors"})
    void everyTruncationIsRefused(String name) throws IOException {
        byte[] good = bytes(name);
        for (int length = 0; length < good.length; length++) {
            ErrorCode code = outcome(Arrays.copyOf(good, length)).orElseThrow();
            assertThat(code).as(name + " cut to " + length).isEqualTo(ErrorCode.BAD_CHECKPOINT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "protocol4.pth", "types.safetensors"})
    void changedBytesAreReadOrRefused(String name) throws IOException {
        byte[] good = bytes(name);
        Random random = new Random(SEED);
        Map<ErrorCode, Integer> outcomes = new EnumMap<>(ErrorCode.class);
        for (int copy = 0; copy < DAMAGED_COPIES; copy++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            outcome(bad).ifPresent(code -> outcomes.merge(code, 1, Integer::sum));
        }
        assertThat(outcomes.keySet())
                .as("seed " + SEED)
                .contains(ErrorCode.BAD_CHECKPOINT)
                .isSubsetOf(ErrorCode.BAD_CHECKPOINT, ErrorCode.UNSAFE_CHECKPOINT);
    }

    /** The kind of error, or nothing where all could be read. */
    private static Optional<ErrorCode> outcome(byte[] content) {
        try (StateDict weights = Checkpoints.read("damaged", content);
                TensorScope scope = TensorScope.withoutGradient()) {
            weights.names().forEach(weights::tensor);
            return Optional.empty();
        } catch (GlipException e) {
            return Optional.of(e.code());
        }
    }

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(TorchFilesTest.FOLDER.resolve(name));
    }
}
