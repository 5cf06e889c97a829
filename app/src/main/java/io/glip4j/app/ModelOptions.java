package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.file.ModelFile;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and how it runs: shared by the commands that load one. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "a model: .safetensors or a published .pth (default: the embedded nano)")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--device", description = "${COMPLETION-CANDIDATES} (default: CPU)", defaultValue = "CPU")
    private Device device = Device.CPU;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operator (default: one a core)")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--form",
            description = "${COMPLETION-CANDIDATES}: step by step, or rearranged for speed (default: FAST)",
            defaultValue = "FAST")
    private Form form = Form.FAST;

    /** Kept once it was asked for, as the whole file has to be read. */
    private @Nullable String fingerprint;

    /** What tells this model from others: a digest of its file. */
    String identity() {
        return file.map(path -> String.valueOf(path.getFileName())).orElse("embedded nano") + " " + fingerprint();
    }

    /** The digest alone, which stays when the file gets another name. */
    String fingerprint() {
        if (fingerprint == null) {
            fingerprint = FileDigest.ofModel(file);
        }
        return fingerprint;
    }

    /** With another number of detections a picture than its own; the embedded nano keeps its own. */
    Glip load(int detectionsPerImage) {
        if (file.isEmpty()) {
            return load();
        }
        applyThreads();
        Path path = file.get();
        GlipConfig config;
        try (ModelFile opened = ModelFile.open(path)) {
            config = opened.config().withDetectionsPerImage(detectionsPerImage);
        }
        return Glip.load(path, config, device, form);
    }

    /** Sets the number of threads, where another was asked for. */
    void applyThreads() {
        threads.ifPresent(TorchRuntime::setThreads);
    }

    Glip load() {
        applyThreads();
        return file.map(path -> Glip.load(path, device, form)).orElseGet(() -> Glip.load(form));
    }
}
