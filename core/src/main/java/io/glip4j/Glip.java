package io.glip4j;

import io.glip4j.inference.Answerer;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.inference.Describer;
import io.glip4j.inference.Grounder;
import io.glip4j.inference.Segmenter;
import io.glip4j.inference.TextCache;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segments;
import io.glip4j.pretrained.PretrainedSources;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model: pictures and words in, boxes, masks, answers and descriptions out. Immutable and shared by as many threads as you like; closed once,
 * after which every call fails with MODEL_CLOSED.
 *
 * <pre>{@code
 * try (Glip glip = Glip.load()) {
 *     Grounding found = glip.ground(Path.of("street.jpg"), Prompt.classes(List.of("person", "traffic light")));
 * }
 * }</pre>
 */
public final class Glip implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Glip.class);
    /** Passes whose words are kept: those of LVIS' 1,203 names and some more, 0.3 MB each at BERT's width. */
    private static final int KEPT_PROMPTS = 64;

    private static final int BUFFER = 1 << 16;
    private static final String EMBEDDED = "nano.safetensors.gz";

    private final GlipConfig config;
    private final Parameters parameters;
    private final Tokenizer tokenizer;
    private final TextCache texts = new TextCache(KEPT_PROMPTS);
    private final Grounder grounder;
    private final Segmenter segmenter;
    private final Answerer answerer;
    private final Describer describer;

    /** Calls share it; closing takes it alone. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private boolean closed;

    private Glip(ModelFile file, Device device, Form form) {
        this.config = file.config();
        this.parameters = Parameters.uninitialized();
        try {
            GlipModel model = new GlipModel(parameters.in(onDevice(form, device)), config);
            file.load(parameters, PretrainedSources.BY_NAME);
            parameters.moveTo(device.orThrow());
            this.tokenizer = file.header()
                    .tokenizer()
                    .map(json -> Tokenizer.of(
                            json.getBytes(StandardCharsets.UTF_8),
                            file.weights().source()))
                    .orElseGet(() -> Grounder.usualTokenizer(config.textEncoder()));
            this.grounder = new Grounder(model, config, tokenizer, device, texts);
            this.segmenter = new Segmenter(model, config, grounder);
            this.answerer = new Answerer(model, config, grounder);
            this.describer = new Describer(model, config, tokenizer, device, grounder);
        } catch (RuntimeException failure) {
            parameters.close();
            throw failure;
        }
    }

    /** The fast forms are for CPUs; elsewhere libtorch's own kernels are what is fast. */
    private static Form onDevice(Form form, Device device) {
        if (form.rearranged() && device != Device.CPU) {
            LOG.info("the fast forms are for the CPU: the network runs in its plain form on {}", device);
            return Form.PLAIN;
        }
        if (form == Form.BFLOAT16 && !TorchRuntime.multipliesBfloat16()) {
            LOG.warn("this processor does not multiply bfloat16: the network runs in its fast form, in float32");
            return Form.FAST;
        }
        return form;
    }

    /** The embedded nano, on the CPU, in its fast form. */
    public static Glip load() {
        return load(Form.FAST);
    }

    /** The embedded nano, on the CPU. */
    public static Glip load(Form form) {
        try (ModelFile file = ModelFile.read("the embedded nano", embedded())) {
            return new Glip(file, Device.CPU, form);
        }
    }

    /** The bytes of the embedded nano's safetensors file, to be closed by the caller. */
    public static InputStream embedded() {
        InputStream resource = Glip.class.getResourceAsStream(EMBEDDED);
        if (resource == null) {
            throw new GlipException(
                    ErrorCode.INTERNAL, "wanted the embedded model " + EMBEDDED + " in glip4j's jar, found none");
        }
        try {
            return new GZIPInputStream(resource, BUFFER);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.INTERNAL, "wanted a gzipped " + EMBEDDED + ", got " + e, e);
        }
    }

    /**
     * A model on the CPU: glip4j's own safetensors, or a published {@code .pth} or safetensors file whose preset its
     * shapes tell.
     */
    public static Glip load(Path checkpoint) {
        return load(checkpoint, Device.CPU);
    }

    /** A model on a device of your choice, in its fast form where the device is the CPU. */
    public static Glip load(Path checkpoint, Device device) {
        return load(checkpoint, device, Form.FAST);
    }

    /** A model on a device and in a form of your choice; the fast form is for the CPU. */
    public static Glip load(Path checkpoint, Device device, Form form) {
        try (ModelFile file = ModelFile.open(checkpoint)) {
            return new Glip(file, device, form);
        }
    }

    /** A published checkpoint of a network that no preset describes. */
    public static Glip load(Path checkpoint, GlipConfig config, Device device) {
        return load(checkpoint, config, device, Form.FAST);
    }

    /** A published checkpoint of a network that no preset describes, in a form of your choice. */
    public static Glip load(Path checkpoint, GlipConfig config, Device device, Form form) {
        try (ModelFile file = ModelFile.open(checkpoint, config)) {
            return new Glip(file, device, form);
        }
    }

    /** What defines the network. */
    public GlipConfig config() {
        return config;
    }

    /**
     * Finds what a tuned prompt names. Its words cost a pass of the text encoder, the picture's side is computed as ever;
     * the prompt must have been tuned for this model ({@link TunedPrompt#requireModel}).
     */
    public Grounding ground(Picture picture, TunedPrompt tuned) {
        return open(() -> grounder.tunedBy(tuned.words()).ground(picture, Prompt.classes(tuned.classes())));
    }

    /** Finds what the prompt names in a picture file. */
    public Grounding ground(Path picture, Prompt prompt) {
        return ground(PictureReader.DEFAULT.read(picture), prompt);
    }

    /** Finds what the prompt names in a picture; a prompt of any length. */
    public Grounding ground(Picture picture, Prompt prompt) {
        return open(() -> grounder.ground(picture, prompt));
    }

    /**
     * Finds what the prompt names in each of several pictures, in their order: on a CPU one picture a thread, which takes
     * less time and more memory than one picture after the other.
     */
    public List<Grounding> ground(List<Picture> pictures, Prompt prompt) {
        return open(() -> grounder.ground(pictures, prompt));
    }

    /** Finds what the prompt names in a picture file, pixel by pixel. */
    public Segments segment(Path picture, Prompt prompt) {
        return segment(PictureReader.DEFAULT.read(picture), prompt);
    }

    /** Finds what the prompt names in a picture, pixel by pixel: every box that {@link #ground} finds has a mask. */
    public Segments segment(Picture picture, Prompt prompt) {
        return segment(picture, prompt, 0);
    }

    /**
     * As above, for boxes from a score on, 0..1: only their masks are computed. Where the prompt speaks of one thing
     * ({@link Prompt#sentence}), {@link Segments#bestOfEachPhrase} is what it refers to.
     *
     * @throws GlipException MISSING_TASK if the model makes no masks
     */
    public Segments segment(Picture picture, Prompt prompt, double threshold) {
        return open(() -> segmenter.segment(picture, prompt, threshold));
    }

    /** Answers a question about a picture file. */
    public Answers answer(Path picture, String question) {
        return answer(PictureReader.DEFAULT.read(picture), question);
    }

    /**
     * Answers a question about a picture, and finds what the question names.
     *
     * @throws GlipException MISSING_TASK if the model answers no questions; BAD_PROMPT if the question has no words or
     *     too many
     */
    public Answers answer(Picture picture, String question) {
        return open(() -> answerer.answer(picture, question));
    }

    /** Describes a picture file. */
    public Description describe(Path picture, DescribeOptions options) {
        return describe(PictureReader.DEFAULT.read(picture), options);
    }

    /**
     * Describes a picture in words, and finds what they name.
     *
     * @throws GlipException MISSING_TASK if the model does not describe
     */
    public Description describe(Picture picture, DescribeOptions options) {
        return open(() -> describer.describe(picture, options));
    }

    private <T> T open(Supplier<T> call) {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new GlipException(
                        ErrorCode.MODEL_CLOSED, "wanted an open model, got one that was closed; load it again");
            }
            return call.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Waits for the calls under way, then frees the model; later calls do nothing. */
    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                texts.close();
                parameters.close();
                tokenizer.close();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
