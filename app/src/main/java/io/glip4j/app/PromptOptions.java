package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The words: classes, or a caption whose phrases are given, found, or all of it. */
final class PromptOptions {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Words words = new Words();

    @Option(
            names = "--phrase",
            paramLabel = "WORDS",
            description = "with --caption: a phrase of it to look for; may be repeated (default: its noun phrases)")
    private List<String> phrases = List.of();

    @Option(
            names = "--negative",
            paramLabel = "CLASSES",
            description = "classes that take part in the prompt and are left out of the results")
    private Optional<String> negative = Optional.empty();

    /** One of the forms. */
    static final class Words {
        @Option(
                names = "--prompt",
                required = true,
                paramLabel = "CLASSES",
                description = "classes divided by full stops: \"person. traffic light\"")
        private Optional<String> classes = Optional.empty();

        @Option(
                names = "--caption",
                required = true,
                paramLabel = "TEXT",
                description = "a caption: \"a man holding a dog\"")
        private Optional<String> caption = Optional.empty();

        @Option(
                names = "--sentence",
                required = true,
                paramLabel = "TEXT",
                description = "a text that is looked for as one phrase")
        private Optional<String> sentence = Optional.empty();

        @Option(
                names = "--tuned",
                required = true,
                paramLabel = "FILE",
                description = "ground: classes that glip tune --mode prompt tuned for this model")
        private Optional<Path> tuned = Optional.empty();
    }

    /** A prompt of tuned words, for commands that take one. */
    Optional<Path> tuned() {
        if (words.tuned.isPresent() && negative.isPresent()) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT,
                    "wanted --tuned alone, got --negative beside it; its classes are in the file");
        }
        return words.tuned;
    }

    Prompt prompt() {
        if (words.tuned.isPresent()) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT,
                    "wanted --prompt, --caption or --sentence, got --tuned; only glip ground takes tuned words");
        }
        Prompt positive = words.classes
                .<Prompt>map(Prompt::parse)
                .or(() -> words.sentence.map(Prompt::sentence))
                .orElseGet(this::captionPrompt);
        return negative.map(classes -> positive.withNegatives(Prompt.parse(classes).phrases().stream()
                        .map(phrase -> phrase.text())
                        .toList()))
                .orElse(positive);
    }

    private Prompt captionPrompt() {
        String caption = words.caption.orElseThrow(() -> new GlipException(
                ErrorCode.BAD_PROMPT, "wanted --prompt, --caption or --sentence, got none of them; say what to find"));
        return phrases.isEmpty() ? Prompt.captionWithNounPhrases(caption) : Prompt.captionWith(caption, phrases);
    }
}
