package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.train.SolverConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Several recorded steps of the reference's solver on one batch.
 *
 * @param json {@code trajectory.json}: the solver's numbers, and losses and rates of each step
 * @param tensors {@code trajectory.safetensors}: weights after the last step, {@code final.*}, and averages,
 *     {@code ema.*}
 */
record RecordedTrajectory(JsonNode json, StateDict tensors) implements AutoCloseable {
    private static final String JSON = "trajectory.json";
    private static final String LANGUAGE = "language_backbone";

    /** The trajectory of a case, where it has one. */
    static Optional<RecordedTrajectory> in(Path folder) {
        Path description = folder.resolve(JSON);
        if (!Files.exists(description)) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(description.toFile());
            return Optional.of(new RecordedTrajectory(json, CaseFiles.trajectory(folder)));
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    description + ": wanted the JSON of recorded steps, got: " + e.getMessage(),
                    e);
        }
    }

    int steps() {
        return solver().required("max_iter").asInt();
    }

    /** Losses of a step by their recorded names. */
    JsonNode losses(int step) {
        return json.required("losses").required(step);
    }

    /** Rates of some parameters at a step. */
    JsonNode rates(int step) {
        return json.required("learning_rates").required(step);
    }

    /** Rate of every parameter that trained, at full height. */
    JsonNode initialRates() {
        return json.required("initial_lr_per_parameter");
    }

    JsonNode decays() {
        return json.required("weight_decay_per_parameter");
    }

    /** The recorded solver; of these parameters those that the recording did not train are frozen. */
    SolverConfig config(Collection<String> parameters) {
        JsonNode solver = solver();
        double base = solver.required("base_lr").asDouble();
        List<String> frozen =
                parameters.stream().filter(name -> !initialRates().has(name)).toList();
        return new SolverConfig(
                base,
                Map.of(LANGUAGE, solver.required("lang_lr").asDouble() / base),
                solver.required("bias_lr_factor").asDouble(),
                solver.required("weight_decay").asDouble(),
                solver.required("warmup_iters").asInt(),
                solver.required("warmup_factor").asDouble(),
                StreamSupport.stream(solver.required("milestones").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList(),
                solver.required("gamma").asDouble(),
                solver.required("clip_grad_norm").asDouble(),
                solver.required("ema_decay").asDouble(),
                frozen);
    }

    private JsonNode solver() {
        return json.required("solver");
    }

    @Override
    public void close() {
        tensors.close();
    }
}
