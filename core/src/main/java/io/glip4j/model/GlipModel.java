package io.glip4j.model;

import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.encoder.FeaturePyramid;
import io.glip4j.model.encoder.ImageEncoder;
import io.glip4j.model.encoder.TextEncoder;
import io.glip4j.model.encoder.TokenContext;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.model.fusion.FusionEncoder;
import io.glip4j.model.head.AnswerHead;
import io.glip4j.model.head.GroundingHead;
import io.glip4j.model.head.MaskHead;
import io.glip4j.model.head.MaskedWordHead;
import io.glip4j.model.head.NextWordHead;
import io.glip4j.model.head.RegionWordProjection;
import io.glip4j.model.head.WordAlignment;
import io.glip4j.model.reading.PictureReader;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** The network: pictures and words in, boxes and how well they match each word out. Keeps nothing of a pass. */
public final class GlipModel {
    private static final String ANSWER_HEAD = "answer_head";
    private static final String NEXT_WORD_HEAD = "next_word_head";
    private static final String READER = "reading";

    private final ImageEncoder imageEncoder;
    private final FeaturePyramid pyramid;
    private final TextEncoder textEncoder;
    private final FusionEncoder fusion;
    private final Optional<PictureReader> reader;
    private final GroundingHead head;
    private final Optional<MaskHead> maskHead;
    private final Optional<MaskedWordHead> maskedWordHead;
    private final Optional<RegionWordProjection> regionWordProjection;
    private final Optional<AnswerHead> answerHead;
    private final Optional<NextWordHead> nextWordHead;
    private final Optional<TunedWords> tunedWords;

    /** Registers everything by its published name. */
    public GlipModel(Parameters parameters, GlipConfig config) {
        int channels = config.fusion().channels();
        TextEncoderConfig text = config.textEncoder();
        Parameters backbone = parameters.at("backbone");
        Parameters grounding = parameters.at("rpn").at("head");
        Parameters exact = grounding.in(parameters.form().exact());
        this.imageEncoder = ImageEncoder.of(backbone.at("body"), config.imageEncoder());
        this.pyramid = new FeaturePyramid(backbone.at("fpn"), imageEncoder.channels(), channels);
        this.textEncoder = TextEncoder.of(parameters.at("language_backbone").at("body"), text);
        this.fusion = new FusionEncoder(grounding.at("dyhead_tower"), config.fusion(), text);
        this.reader = config.readingBlocks() == 0
                ? Optional.empty()
                : Optional.of(new PictureReader(
                        grounding.at(READER), config.readingBlocks(), channels, FeaturePyramid.LEVELS, text));
        this.head = new GroundingHead(exact, FeaturePyramid.LEVELS, channels, text.width());
        this.maskHead = head(
                config,
                Head.MASK,
                () -> new MaskHead(parameters.in(exact.form()).at("roi_heads").at("mask"), channels, text.width()));
        this.maskedWordHead = head(
                config,
                Head.MASKED_WORDS,
                () -> new MaskedWordHead(grounding.at("mlm_head"), text.width(), text.vocabulary()));
        this.regionWordProjection = head(
                config,
                Head.INTER_IMAGE,
                () -> new RegionWordProjection(parameters.at("rpn").at("loss_evaluator"), channels, text.width()));
        this.answerHead = head(
                config,
                Head.ANSWERS,
                () -> new AnswerHead(
                        exact.at(ANSWER_HEAD), text.width(), config.answers().size()));
        this.nextWordHead = head(
                config,
                Head.NEXT_WORD,
                () -> new NextWordHead(exact.at(NEXT_WORD_HEAD), textEncoder.words(), text.width(), text.vocabulary()));
        this.tunedWords = Optional.empty();
    }

    /** Another's layers and heads, and tuned words. */
    private GlipModel(GlipModel of, TunedWords words) {
        this.imageEncoder = of.imageEncoder;
        this.pyramid = of.pyramid;
        this.textEncoder = of.textEncoder;
        this.fusion = of.fusion;
        this.reader = of.reader;
        this.head = of.head;
        this.maskHead = of.maskHead;
        this.maskedWordHead = of.maskedWordHead;
        this.regionWordProjection = of.regionWordProjection;
        this.answerHead = of.answerHead;
        this.nextWordHead = of.nextWordHead;
        this.tunedWords = Optional.of(words);
    }

    /** The same network, which shares all parameters, with words that were tuned for it. */
    public GlipModel tunedBy(TunedWords words) {
        return new GlipModel(this, words);
    }

    private static <H> Optional<H> head(GlipConfig config, Head head, Supplier<H> made) {
        return config.heads().contains(head) ? Optional.of(made.get()) : Optional.empty();
    }

    /** The whole way for N pictures (N, 3, H, W), each with the text of its row. */
    public GlipOutput forward(Tensor images, TextBatch text, Mode mode) {
        return ground(encodeImages(images, mode), encodeText(text), mode);
    }

    /** Pictures (N, 3, H, W) as the configuration's preprocessing leaves them. */
    public ImageFeatures encodeImages(Tensor images, Mode mode) {
        return pyramid(imageEncoder.forward(images, mode));
    }

    /** The pyramid over maps of the image encoder, for those who keep maps while the pyramid learns. */
    public ImageFeatures pyramid(List<Tensor> maps) {
        return new ImageFeatures(maps, pyramid.forward(maps));
    }

    public TextFeatures encodeText(TextBatch text) {
        TextFeatures features = textEncoder.forward(text);
        return tunedWords.map(words -> words.applied(features, text.tokenIds())).orElse(features);
    }

    /** Holds N pictures against N texts, row by row. */
    public GlipOutput ground(ImageFeatures images, TextFeatures text, Mode mode) {
        return predict(fuse(images, text, mode));
    }

    /** Lets N pictures and N texts look at each other, row by row. */
    public FusedFeatures fuse(ImageFeatures images, TextFeatures text, Mode mode) {
        return fusion.forward(new FusedFeatures(images.levels(), text.hidden()), text.attentionMask(), mode);
    }

    /**
     * The words of {@link #fuse} alone, at less cost: for those who need no boxes.
     *
     * @param images N
     * @param text of K * N texts, K for each picture in turn
     * @return (K * N, T, Ct)
     */
    public Tensor fuseWords(ImageFeatures images, TextFeatures text, Mode mode) {
        return fusion.words(new FusedFeatures(images.levels(), text.hidden()), text.attentionMask(), mode);
    }

    /** The picture's side of describing, which no word changes: computed once for all texts. */
    public PictureMemory memorize(ImageFeatures images) {
        PictureMemory memory = fusion.memorize(images.levels());
        if (reader.isEmpty()) {
            return memory;
        }
        Tensor finished = TensorScope.local(() -> PictureReader.finished(fusion.finish(memory, images.levels())));
        return new PictureMemory(memory.blocks(), Optional.of(finished)); // (N, P, C + G)
    }

    /**
     * Scores all answers to fused questions, which first read their pictures once more where the network has a reader.
     *
     * @param images N
     * @param fused (K * N, T, Ct), words of {@link #fuse}, K questions for each picture in turn
     * @param attentionMask (K * N, T)
     * @return (K * N, A) logits
     */
    public Tensor answer(ImageFeatures images, Tensor fused, Tensor attentionMask) {
        Tensor words = reader.map(reading -> reading.forward(
                        memorize(images).finished().orElseThrow(),
                        fused,
                        wordAlignment(),
                        layer -> TokenContext.whole(attentionMask)))
                .orElse(fused);
        return answerHead.orElseThrow().forward(words);
    }

    /**
     * Fuses words of descriptions, each of which sees its picture and the words before it.
     *
     * @param tokenIds (K * N, T) int64, K texts for each of the N pictures in turn; padding only at a text's end
     * @param before the words that stand before these
     * @return (K * N, T, Ct), for the {@link #nextWordHead}
     */
    public Tensor describe(PictureMemory pictures, Tensor tokenIds, WordsBefore before, Mode mode) {
        Tensor fused = fusion.describe(pictures, textEncoder.causal(tokenIds, before), before, mode);
        return reader.map(reading -> reading.forward(
                        pictures.finished().orElseThrow(),
                        fused,
                        wordAlignment(),
                        layer -> before.inLayer(fusion.textLayers() + layer)))
                .orElse(fused);
    }

    /** Reads boxes and word logits off fused features. */
    public GlipOutput predict(FusedFeatures fused) {
        return head.forward(fused);
    }

    /** What holds fused regions and words against each other, for those who look at places of their own choice. */
    public WordAlignment wordAlignment() {
        return head.alignment();
    }

    /** The fusion encoder, for those who look at it layer by layer. */
    public FusionEncoder fusion() {
        return fusion;
    }

    /** The head for masks of boxes, where the configuration asks for one. */
    public Optional<MaskHead> maskHead() {
        return maskHead;
    }

    /** What compares regions and words over a batch, where the configuration asks for it. */
    public Optional<RegionWordProjection> regionWordProjection() {
        return regionWordProjection;
    }

    /** The head for masked words, where the configuration asks for one. */
    public Optional<MaskedWordHead> maskedWordHead() {
        return maskedWordHead;
    }

    /** The head for the words of descriptions, where the configuration asks for one. */
    public Optional<NextWordHead> nextWordHead() {
        return nextWordHead;
    }
}
