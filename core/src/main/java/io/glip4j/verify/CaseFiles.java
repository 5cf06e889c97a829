package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Finds the tensor files of a case, whole or reduced. */
final class CaseFiles {
    private static final String GZIPPED = ".gz";
    private static final List<String> WEIGHTS = List.of("model.pth", "model.safetensors", "model.safetensors.gz");
    private static final List<String> EXPECTED = List.of("expected.safetensors", "expected.safetensors.gz");
    private static final List<String> TRAJECTORY = List.of("trajectory.safetensors", "trajectory.safetensors.gz");
    private static final int MOST_BYTES = 1 << 30;

    private CaseFiles() {}

    static StateDict expected(Path folder) {
        return open(folder, EXPECTED);
    }

    static StateDict trajectory(Path folder) {
        return open(folder, TRAJECTORY);
    }

    /** The case's own weights, and those that its description says to be another case's, in the folder beside it. */
    static StateDict weights(Path folder, JsonNode json) {
        StateDict own = open(folder, WEIGHTS);
        JsonNode shared = json.path("shared_weights");
        if (shared.isMissingNode()) {
            return own;
        }
        String other = shared.required("case").asText();
        Set<String> names = new LinkedHashSet<>();
        shared.required("names").forEach(name -> names.add(name.asText()));
        Path beside = folder.toAbsolutePath().normalize().resolveSibling(other);
        if (!other.matches("\\w+") || !Files.isDirectory(beside)) {
            own.close();
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted the case '" + other + "', whose weights " + folder
                            + " shares, got no such folder beside it");
        }
        return new JoinedStateDict(own, open(beside, WEIGHTS), names);
    }

    private static StateDict open(Path folder, List<String> names) {
        Path file = names.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.UNREADABLE_FILE, "wanted one of " + names + " in " + folder + ", got none"));
        return file.toString().endsWith(GZIPPED) ? inflate(file) : Checkpoints.open(file);
    }

    private static StateDict inflate(Path file) {
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] content = stream.readNBytes(MOST_BYTES);
            if (content.length == MOST_BYTES) {
                throw new GlipException(
                        ErrorCode.UNREADABLE_FILE,
                        "wanted less than " + MOST_BYTES + " bytes in " + file + ", got more; unpack it");
            }
            return Checkpoints.read(file.toString(), content);
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, "wanted a gzipped file " + file + ", got: " + e.getMessage(), e);
        }
    }
}
