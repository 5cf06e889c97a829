package io.glip4j.inference;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.inference.decoding.Sentence;
import io.glip4j.input.CaptionPrompt;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.PictureMemory;
import io.glip4j.model.Task;
import io.glip4j.model.WordCache;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import io.glip4j.torch.Device;
import io.glip4j.torch.TensorScope;
import java.util.Optional;

/** Describes pictures in words, with a network and a tokenizer that belong to somebody else. */
public final class Describer {
    private static final int START_AND_END = 2;

    private final GlipModel model;
    private final GlipConfig config;
    private final Tokenizer tokenizer;
    private final Device device;
    private final Grounder grounder;

    /** Works on the given device, where the network's parameters must be. */
    public Describer(GlipModel model, GlipConfig config, Tokenizer tokenizer, Device device, Grounder grounder) {
        this.model = model;
        this.config = config;
        this.tokenizer = tokenizer;
        this.device = device;
        this.grounder = grounder;
    }

    /**
     * Says what is in a picture. The picture is encoded once, for all words and for finding what they name.
     *
     * @throws GlipException MISSING_TASK if the network does not describe; BAD_ARGUMENT if more words are asked for than
     *     it has places for
     */
    public Description describe(Picture picture, DescribeOptions options) {
        config.require(Task.DESCRIBE);
        requirePlaces(options.maxWords());
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Grounder.Look look = grounder.look(picture);
            Sentence sentence = decode(look, options);
            String text = tokenizer.decode(sentence.words());
            Grounding found = options.grounded()
                    ? nounPhrases(text)
                            .map(prompt -> grounder.ground(look, prompt))
                            .orElse(look.nothing())
                    : look.nothing();
            return new Description(text, sentence.logProbability(), sentence.ended(), found);
        }
    }

    private Sentence decode(Grounder.Look look, DescribeOptions options) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            PictureMemory memory = model.memorize(look.features());
            int texts = options.decoding().texts();
            WordCache cache = new WordCache(config, texts, options.maxWords() + 1, device);
            DescribedWords words = new DescribedWords(model, memory, SpecialWords.of(tokenizer), cache, device, texts);
            return options.decoding().decode(words, options.maxWords());
        }
    }

    private static Optional<CaptionPrompt> nounPhrases(String text) {
        return text.isBlank() ? Optional.empty() : Prompt.nounPhrasesOf(text);
    }

    private void requirePlaces(int maxWords) {
        int most = config.textEncoder().maxTokens() - START_AND_END;
        if (maxWords > most) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "description: wanted 1 to " + most + " words, got " + maxWords + "; ask for fewer");
        }
    }
}
