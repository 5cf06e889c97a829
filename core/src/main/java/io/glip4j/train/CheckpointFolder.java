package io.glip4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.Mixture;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The checkpoints of one run: safetensors files that hold weights, moments, averages and what the run was. Each is
 * written beside and moved, and only then are older ones removed, so that the last good one is never lost.
 */
final class CheckpointFolder {
    private static final String PREFIX = "checkpoint-";
    private static final String SUFFIX = ".safetensors";
    private static final String WEIGHT = "weight.";
    private static final String STEPS_DONE = "glip4j.steps_done";
    private static final String UPDATES = "glip4j.updates";
    private static final String RUN = "glip4j.run";
    private static final String RANKS = "ranks";
    private static final String LOSSES = "losses";
    private static final String COMPUTE = "compute";
    private static final String TASK_WEIGHTS = "taskWeights";
    private static final String HIDDEN_SPANS = "hiddenSpans";
    /** A digest, which earlier checkpoints do not have: these are taken as they are. */
    private static final String SAMPLES = "samples";
    /** What runs were whose checkpoints do not say it. */
    private static final Map<String, String> EARLIER = Map.of(
            RANKS,
            "1",
            LOSSES,
            List.of().toString(),
            COMPUTE,
            ComputeConfig.PLAIN.identity(),
            TASK_WEIGHTS,
            TaskWeights.EVEN.toString(),
            HIDDEN_SPANS,
            "0.0");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int keep;
    /** What must be the same for a resumed run to go on as if it had never stopped. */
    private final Map<String, String> identity = new LinkedHashMap<>();

    CheckpointFolder(Path folder, TrainConfig config, Mixture mixture, int ranks) {
        this.folder = folder;
        this.keep = config.keepCheckpoints();
        identity.put("seed", Long.toString(config.seed()));
        identity.put("batchSize", Integer.toString(config.batchSize()));
        identity.put(RANKS, Integer.toString(ranks));
        identity.put(LOSSES, config.losses().toString());
        identity.put(COMPUTE, config.compute().identity());
        identity.put(TASK_WEIGHTS, config.taskWeights().toString());
        identity.put(HIDDEN_SPANS, Double.toString(config.hiddenSpans()));
        identity.put("accumulation", Integer.toString(config.accumulation()));
        identity.put("solver", canonical(config.solver()));
        identity.put("augment", config.augment().toString());
        identity.put("negatives", config.negatives().toString());
        identity.put(
                "data",
                mixture.parts().stream()
                        .map(part ->
                                part.dataset().name() + " (" + part.dataset().size() + ") x " + part.repeat())
                        .toList()
                        .toString());
        if (mixture.parts().stream().anyMatch(part -> part.dataset().lendsCaptions())) {
            identity.put("captions", config.captions().toString());
        }
        identity.put(SAMPLES, mixture.digest());
    }

    /** Maps of a record have no fixed order in its text. */
    private static String canonical(SolverConfig solver) {
        return solver.withRateFactors(Map.of()) + " " + new java.util.TreeMap<>(solver.rateFactors());
    }

    /** Loads the newest checkpoint, if there is one, and says how many steps it has done. */
    int restoreNewest(Parameters parameters, Solver solver) {
        List<Path> found = list();
        return found.isEmpty() ? 0 : restore(found.get(found.size() - 1), parameters, solver);
    }

    private int restore(Path file, Parameters parameters, Solver solver) {
        try (StateDict stored = Checkpoints.open(file)) {
            checkSameRun(file, read(stored, RUN, new TypeReference<Map<String, String>>() {}));
            Map<String, Tensor> wanted = tensors(parameters, solver);
            checkNames(file, stored, wanted);
            wanted.forEach((name, tensor) -> copy(file, stored, name, tensor));
            solver.restoreUpdates(read(stored, UPDATES, new TypeReference<Map<String, Integer>>() {}));
            return read(stored, STEPS_DONE, new TypeReference<Integer>() {});
        }
    }

    private void checkSameRun(Path file, Map<String, String> run) {
        identity.forEach((what, now) -> {
            String then = run.getOrDefault(what, what.equals(SAMPLES) ? now : EARLIER.getOrDefault(what, "nothing"));
            if (!then.equals(now)) {
                throw new GlipException(
                        ErrorCode.CHECKPOINT_MISMATCH,
                        file + ": wanted a checkpoint of a run with " + what + " " + now + ", got one with " + then
                                + "; resume with the same settings, or train into another folder");
            }
        });
    }

    private static void checkNames(Path file, StateDict stored, Map<String, Tensor> wanted) {
        List<String> missing =
                wanted.keySet().stream().filter(name -> !stored.has(name)).toList();
        List<String> unexpected = stored.names().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    file + ": wanted the tensors of this network and solver, got " + missing.size() + " missing "
                            + missing + " and " + unexpected.size() + " unexpected " + unexpected);
        }
    }

    private static void copy(Path file, StateDict stored, String name, Tensor target) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor value = stored.tensor(name);
            if (!Arrays.equals(Tensors.shape(value), Tensors.shape(target))) {
                throw new GlipException(
                        ErrorCode.CHECKPOINT_MISMATCH,
                        file + ": wanted " + name + " as " + Tensors.describeShape(Tensors.shape(target)) + ", got "
                                + Tensors.describeShape(Tensors.shape(value)));
            }
            target.copy_(value);
        }
    }

    private static <T> T read(StateDict stored, String key, TypeReference<T> type) {
        String text = stored.metadata().getOrDefault(key, "");
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_CHECKPOINT,
                    stored.source() + ": wanted a checkpoint of a training run, got none with " + key
                            + "; give the folder a run wrote",
                    e);
        }
    }

    /** Writes a checkpoint and removes those that are too old. */
    Path save(int stepsDone, Parameters parameters, Solver solver) {
        Path file = folder.resolve(String.format("%s%07d%s", PREFIX, stepsDone, SUFFIX));
        try {
            Files.createDirectories(folder);
            Map<String, String> metadata = Map.of(
                    STEPS_DONE, Integer.toString(stepsDone),
                    UPDATES, JSON.writeValueAsString(solver.updates()),
                    RUN, JSON.writeValueAsString(identity));
            try (StateDict state = StateDict.of("training state", tensors(parameters, solver))) {
                SafetensorsWriter.write(file, state, metadata, Precision.FULL);
            }
            List<Path> all = list();
            for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
                Files.delete(old);
            }
            return file;
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted to write a checkpoint, got " + e, e);
        }
    }

    private static Map<String, Tensor> tensors(Parameters parameters, Solver solver) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        parameters.byName().forEach((name, tensor) -> all.put(WEIGHT + name, tensor));
        all.putAll(solver.state());
        return all;
    }

    /** The checkpoints there are, oldest first. */
    private List<Path> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(CheckpointFolder::isCheckpoint)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, folder + ": wanted a folder of checkpoints, got " + e, e);
        }
    }

    private static boolean isCheckpoint(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }
}
