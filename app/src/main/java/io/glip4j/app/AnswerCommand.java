package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.output.Answers;
import io.glip4j.output.Grounding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip answer}: answers a question about pictures, and finds what the question names. */
@Command(
        name = "answer",
        description = "Answer a question about pictures, and find what the question names.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AnswerCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures = new PictureOptions();

    @Option(names = "--question", required = true, paramLabel = "TEXT", description = "\"what color is the car?\"")
    private String question = "";

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "answers shown, the most probable ones (default: ${DEFAULT-VALUE})")
    private int top;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pictures.checkThreshold();
        if (top < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a --top of at least 1 answer, got " + top + "; give more");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Glip glip = model.load();
                ResultOutput results = new ResultOutput(json, out, pictures.several())) {
            double threshold = pictures.threshold(glip);
            return pictures.each("answer", spec.commandLine().getErr(), (path, picture) -> {
                Answers answers = glip.answer(picture, question);
                Grounding found = answers.grounding().above(threshold);
                results.print(DetectionJson.answered(path, answers, top, found), () -> {
                    DetectionTable.title(path, found, out);
                    print(answers, found, out);
                });
                return found;
            });
        }
    }

    private void print(Answers answers, Grounding found, PrintWriter out) {
        answers.answers().stream()
                .limit(top)
                .forEach(answer ->
                        out.println(String.format(Locale.ROOT, "  %.3f  %s", answer.probability(), answer.text())));
        if (!found.detections().isEmpty()) {
            DetectionTable.print(found.detections(), out);
        }
    }
}
