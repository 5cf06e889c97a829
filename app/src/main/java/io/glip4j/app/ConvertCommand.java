package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.inference.Grounder;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.ModelHeader;
import io.glip4j.pretrained.PretrainedSources;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.checkpoint.TorchWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip convert}: a checkpoint to one safetensors file that carries everything, or to a {@code .pth}. */
@Command(
        name = "convert",
        description = {
            "Convert a checkpoint: to .safetensors, which carries configuration and tokenizer too,",
            "or to .pth, which Python's torch.load(weights_only=True) reads."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    private static final String SAFETENSORS = ".safetensors";
    private static final String TORCH = ".pth";

    @picocli.CommandLine.Parameters(index = "0", paramLabel = "FROM", description = "a .pth or .safetensors file")
    private Path from = Path.of("");

    @picocli.CommandLine.Parameters(index = "1", paramLabel = "TO", description = "a .safetensors or .pth file")
    private Path to = Path.of("");

    @Option(names = "--preset", paramLabel = "NAME", description = "nano, tiny or large (default: told by the shapes)")
    private Optional<String> preset = Optional.empty();

    @Option(names = "--half", description = "store matrices as float16")
    private boolean half;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String target = to.getFileName().toString();
        if (!target.endsWith(SAFETENSORS) && !target.endsWith(TORCH)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a target that ends in " + SAFETENSORS + " or " + TORCH + ", got " + to + "; rename it");
        }
        try (ModelFile file = preset.map(name -> ModelFile.open(from, GlipConfig.preset(name)))
                        .orElseGet(() -> ModelFile.open(from));
                Parameters parameters = Parameters.uninitialized();
                Tokenizer tokenizer = Grounder.usualTokenizer(file.config().textEncoder())) {
            new GlipModel(parameters, file.config());
            file.load(parameters, PretrainedSources.BY_NAME);
            try (StateDict weights = StateDict.of(from.toString(), parameters.byName())) {
                if (target.endsWith(TORCH)) {
                    TorchWriter.write(to, weights, Map.of(), half ? Precision.HALF : Precision.FULL);
                } else {
                    String json = file.header()
                            .tokenizer()
                            .orElseGet(() -> new String(tokenizer.definition(), StandardCharsets.UTF_8));
                    ModelFile.write(
                            to, ModelHeader.of(file.config(), json), weights, half ? Precision.HALF : Precision.FULL);
                }
            }
            spec.commandLine()
                    .getOut()
                    .println("wrote " + to + " (" + file.config().name() + ")");
        }
        return 0;
    }
}
