package io.glip4j.inference;

import io.glip4j.input.EncodedPrompt;
import io.glip4j.input.ImageBatch;
import io.glip4j.input.ImagePreprocessor;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Phrase;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.input.PromptEncoder;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.BertConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.TunedWords;
import io.glip4j.output.Candidates;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.output.PhraseTokens;
import io.glip4j.output.PostProcessor;
import io.glip4j.output.ScoredBox;
import io.glip4j.torch.Device;
import io.glip4j.torch.Parallel;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Finds what a prompt names in a picture, with a network and a tokenizer that belong to somebody else. */
public final class Grounder {
    private final GlipModel model;
    private final Device device;
    private final ImagePreprocessor preprocessor;
    private final PromptEncoder prompts;
    private final PostProcessor postProcessor;
    private final TextCache texts;

    /** Works on the given device, where the network's parameters must be; the network may change between pictures. */
    public Grounder(GlipModel model, GlipConfig config, Tokenizer tokenizer, Device device) {
        this(model, config, tokenizer, device, new TextCache(0));
    }

    /** As above, for a network that stays as it is: its words about earlier prompts are kept in the caller's cache. */
    public Grounder(GlipModel model, GlipConfig config, Tokenizer tokenizer, Device device, TextCache texts) {
        this.texts = texts;
        this.model = model;
        this.device = device;
        this.preprocessor = new ImagePreprocessor(config.image());
        this.prompts = new PromptEncoder(tokenizer, config.textEncoder().maxTokens());
        this.postProcessor = new PostProcessor(config.postProcess());
    }

    private Grounder(Grounder of, GlipModel model) {
        this.texts = new TextCache(0);
        this.model = model;
        this.device = of.device;
        this.preprocessor = of.preprocessor;
        this.prompts = of.prompts;
        this.postProcessor = of.postProcessor;
    }

    /** The same with words that were tuned for its network. */
    public Grounder tunedBy(TunedWords words) {
        return new Grounder(this, model.tunedBy(words));
    }

    /** The tokenizer that a kind of text encoder is published with. */
    public static Tokenizer usualTokenizer(TextEncoderConfig encoder) {
        return encoder instanceof BertConfig ? Tokenizer.bert() : Tokenizer.clip();
    }

    /** One picture against a prompt of any length: the picture is encoded once, the words in as many passes as needed. */
    public Grounding ground(Picture picture, Prompt prompt) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return ground(look(picture), prompt);
        }
    }

    /** A picture as the network sees it before any words; belongs to the scope it was made in. */
    record Look(ImageSize original, ImageSize resized, ImageFeatures features) {
        /** What is found where nothing is looked for. */
        Grounding nothing() {
            return new Grounding(original.width(), original.height(), List.of());
        }
    }

    Look look(Picture picture) {
        ImageBatch batch = preprocessor.prepare(List.of(picture));
        return new Look(
                new ImageSize(picture.width(), picture.height()),
                batch.sizes().get(0),
                model.encodeImages(device.place(batch.images()), Mode.INFERENCE));
    }

    /** What the image encoder says of a picture, for networks whose image encoder stays as it is; the caller closes it. */
    public EncodedPicture encode(Picture picture) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Look look = look(picture);
            return new EncodedPicture(
                    look.original(),
                    look.resized(),
                    look.features().maps().stream().map(scope::keep).toList());
        }
    }

    /** As for the picture itself, as long as the image encoder is as it was then. */
    public Grounding ground(EncodedPicture encoded, Prompt prompt) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return ground(new Look(encoded.original(), encoded.resized(), model.pyramid(encoded.maps())), prompt);
        }
    }

    List<EncodedPrompt> encode(Prompt prompt) {
        return prompts.encode(prompt);
    }

    Grounding ground(Look look, Prompt prompt) {
        return ground(look, prompt, encode(prompt), pass -> {});
    }

    /** What the network says in one pass, before it is freed. */
    record Pass(EncodedPrompt prompt, TextFeatures text, GlipOutput output, Candidates candidates) {}

    /** @param reader sees each pass */
    Grounding ground(Look look, Prompt prompt, List<EncodedPrompt> passes, Consumer<Pass> reader) {
        List<Detection> detections = find(look, passes, reader).stream()
                .map(box -> detection(look, prompt, box))
                .toList();
        return new Grounding(look.original().width(), look.original().height(), detections);
    }

    /** Boxes in pixels of the resized picture, best first. */
    List<ScoredBox> find(Look look, List<EncodedPrompt> passes, Consumer<Pass> reader) {
        List<Candidates> candidates = new ArrayList<>();
        for (EncodedPrompt pass : passes) {
            candidates.add(candidates(look, pass, reader));
        }
        return select(candidates);
    }

    /** The boxes that several passes together are left with. */
    List<ScoredBox> select(List<Candidates> passes) {
        return postProcessor.select(passes);
    }

    /** A box of the resized picture as the caller gets it. */
    Detection detection(Look look, Prompt prompt, ScoredBox found) {
        ScoredBox box = found.scaled(
                (double) look.original().width() / look.resized().width(),
                (double) look.original().height() / look.resized().height());
        Phrase phrase = prompt.phrases().get(box.phrase());
        return new Detection(phrase.text(), phrase.span(), box.score(), box.box(), box.tokenScores());
    }

    /**
     * Several pictures against one prompt, in their order. Where there are as many pictures as threads, each picture has
     * one thread from first to last, which beats all threads on one picture after the other.
     */
    public List<Grounding> ground(List<Picture> pictures, Prompt prompt) {
        AtomicReferenceArray<Grounding> found = new AtomicReferenceArray<>(pictures.size());
        if (device != Device.CPU || pictures.size() < TorchRuntime.threads()) {
            return pictures.stream().map(picture -> ground(picture, prompt)).toList();
        }
        Parallel.pieces(pictures.size(), 1, (first, end) -> found.set(first, ground(pictures.get(first), prompt)));
        return IntStream.range(0, pictures.size()).mapToObj(found::get).toList();
    }

    private Candidates candidates(Look look, EncodedPrompt pass, Consumer<Pass> reader) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            TextFeatures text = texts.get(pass.tokens().ids(), () -> read(pass));
            GlipOutput output = model.ground(look.features(), text, Mode.INFERENCE);
            List<PhraseTokens> phrases = pass.phrases().stream()
                    .map(phrase -> new PhraseTokens(phrase.phrase(), phrase.tokens()))
                    .toList();
            ImageSize size = look.resized();
            Candidates candidates = postProcessor.candidates(
                    output.read(0, pass.tokens().size()), phrases, size.width(), size.height());
            reader.accept(new Pass(pass, text, output, candidates));
            return candidates;
        }
    }

    private TextFeatures read(EncodedPrompt pass) {
        TextBatch text = Tokenizer.batch(List.of(pass.tokens()));
        return model.encodeText(new TextBatch(device.place(text.tokenIds()), device.place(text.attentionMask())));
    }
}
