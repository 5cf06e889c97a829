package io.glip4j.train;

import io.glip4j.inference.Grounder;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.CenterNetConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.TunedWords;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.ModelHeader;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.pretrained.NanoStart;
import io.glip4j.pretrained.PretrainedSources;
import io.glip4j.torch.Device;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.StateDict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * A network, its weights and its tokenizer while they are trained: from where training starts to a model's file. Owns all
 * of them. For one thread.
 */
public final class TrainableModel implements AutoCloseable {
    private static final String TEXT_ENCODER = "language_backbone.";
    /** Prefix of what prompt tuning moves. */
    static final String TUNED_WORDS = "tuned_words.";

    private static final String BERT = TEXT_ENCODER + "body.model.";

    private final GlipConfig config;
    private final Parameters parameters;
    private GlipModel model;
    private final Tokenizer tokenizer;

    /** Prefixes of weights that stay those of a package on the class path, and its name, if they are not trained. */
    private final Map<String, String> external;

    private TrainableModel(
            GlipConfig config,
            Parameters parameters,
            GlipModel model,
            Tokenizer tokenizer,
            Map<String, String> external) {
        this.config = config;
        this.parameters = parameters;
        this.model = model;
        this.tokenizer = tokenizer;
        this.external = external;
    }

    /** New weights drawn from {@code seed}; a nano starts from the pretrained encoders on the class path. */
    public static TrainableModel fresh(GlipConfig config, long seed) {
        Parameters parameters = Parameters.seeded(seed);
        GlipModel model = new GlipModel(parameters, config);
        Tokenizer tokenizer = Grounder.usualTokenizer(config.textEncoder());
        if (config.imageEncoder() instanceof CenterNetConfig) {
            NanoStart.apply(parameters, model, config);
            return new TrainableModel(config, parameters, model, tokenizer, Map.of(BERT, PretrainedSources.MINI_LM));
        }
        return new TrainableModel(config, parameters, model, tokenizer, Map.of());
    }

    /** The weights of a model: glip4j's own file or a published checkpoint. */
    public static TrainableModel from(ModelFile file) {
        return from(file, file.config(), Parameters.uninitialized(), name -> true);
    }

    /**
     * The weights of a model, with more heads than it has: those are drawn from {@code seed}.
     *
     * @param config the model's own but for heads and answers
     */
    public static TrainableModel from(ModelFile file, GlipConfig config, long seed) {
        Parameters known = Parameters.uninitialized();
        Set<String> before;
        try {
            new GlipModel(known, file.config());
            before = Set.copyOf(known.byName().keySet());
        } finally {
            known.close();
        }
        return from(file, config, Parameters.seeded(seed), before::contains);
    }

    private static TrainableModel from(
            ModelFile file, GlipConfig config, Parameters parameters, Predicate<String> loaded) {
        GlipModel model = new GlipModel(parameters, config);
        file.load(parameters, PretrainedSources.BY_NAME, loaded);
        if (config.readingBlocks() > 0 && !loaded.test(ReaderStart.FIRST)) {
            ReaderStart.apply(parameters, config);
        }
        Tokenizer tokenizer = file.header()
                .tokenizer()
                .map(json -> Tokenizer.of(
                        json.getBytes(StandardCharsets.UTF_8), file.weights().source()))
                .orElseGet(() -> Grounder.usualTokenizer(config.textEncoder()));
        return new TrainableModel(
                config, parameters, model, tokenizer, file.header().external());
    }

    public GlipConfig config() {
        return config;
    }

    /** Grounds with the weights as they are at each call. */
    public Grounder grounder() {
        return new Grounder(model, config, tokenizer, Device.CPU);
    }

    /**
     * From here on class names are what {@link TuningMode#PROMPT} tunes; the network itself stays as it is.
     *
     * @param classes names as they stand in prompts
     * @return what each name's tokens are
     */
    public List<List<Integer>> tuneWords(List<String> classes) {
        List<List<Integer>> tokens = classes.stream()
                .map(name -> tokenizer.encode(name).ids())
                .map(ids -> ids.subList(1, ids.size() - 1))
                .toList();
        Parameters words = parameters.at(TUNED_WORDS.substring(0, TUNED_WORDS.length() - 1));
        model = model.tunedBy(new TunedWords(words, tokens, config.textEncoder().width()));
        return tokens;
    }

    /** Writes what was learned for the class names as a small file of its own. */
    public void writePrompt(Path target, TunedPrompt.Content content) {
        Map<String, Tensor> learned = new LinkedHashMap<>();
        parameters.byName().forEach((name, parameter) -> {
            if (name.startsWith(TUNED_WORDS)) {
                learned.put(name.substring(TUNED_WORDS.length()), parameter);
            }
        });
        try (StateDict weights = StateDict.of("the tuned words", learned)) {
            TunedPrompt.write(target, content, weights);
        }
    }

    /** Network, weights and tokenizer for a {@link TrainingRun}. */
    public TrainingRun.Network network() {
        return new TrainingRun.Network(config, model, parameters, tokenizer);
    }

    /**
     * Writes the weights as they are as a model file. Weights of an untrained text encoder that a package on the class
     * path carries are left to it.
     */
    public void write(Path target, TrainConfig training, Precision precision) {
        boolean textTrained = external.keySet().stream().anyMatch(training.solver()::trains);
        boolean shared = !textTrained && !external.isEmpty();
        Optional<String> tokens =
                shared ? Optional.empty() : Optional.of(new String(tokenizer.definition(), StandardCharsets.UTF_8));
        ModelHeader header = new ModelHeader(config, tokens, shared ? external : Map.of());
        try (StateDict weights = StateDict.of("the trained network", parameters.byName())) {
            ModelFile.write(target, header, weights, precision);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        parameters.close();
    }
}
