package io.glip4j.inference;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.CaptionPrompt;
import io.glip4j.input.EncodedPrompt;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Task;
import io.glip4j.output.Answer;
import io.glip4j.output.Answers;
import io.glip4j.output.Grounding;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Answers questions about pictures, with a network that belongs to somebody else. */
public final class Answerer {
    private final GlipModel model;
    private final GlipConfig config;
    private final Grounder grounder;

    public Answerer(GlipModel model, GlipConfig config, Grounder grounder) {
        this.model = model;
        this.config = config;
        this.grounder = grounder;
    }

    /**
     * Scores all answers the network knows, and finds what the question names, in one pass.
     *
     * @throws GlipException MISSING_TASK if the network answers no questions; BAD_PROMPT if the question has no words or
     *     more than fit one pass
     */
    public Answers answer(Picture picture, String question) {
        config.require(Task.ANSWER);
        requireWords(question);
        Optional<CaptionPrompt> named = Prompt.nounPhrasesOf(question);
        CaptionPrompt prompt = named.orElseGet(() -> Prompt.sentence(question));
        List<EncodedPrompt> passes = grounder.encode(prompt);
        if (passes.size() > 1 || !passes.get(0).text().equals(question)) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT,
                    "question: wanted one that fits the " + config.textEncoder().maxTokens()
                            + " tokens of a pass, got a longer one; ask in fewer words");
        }
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Grounder.Look look = grounder.look(picture);
            float[][] probabilities = new float[1][];
            Grounding found =
                    grounder.ground(look, prompt, passes, pass -> probabilities[0] = probabilities(look, pass));
            return new Answers(question, ranked(probabilities[0]), named.isPresent() ? found : look.nothing());
        }
    }

    private float[] probabilities(Grounder.Look look, Grounder.Pass pass) {
        Tensor words = pass.output().fused().text(); // (1, T, Ct)
        return Tensors.toFloats(model.answer(look.features(), words, pass.text().attentionMask())
                .sigmoid());
    }

    private List<Answer> ranked(float[] probabilities) {
        List<String> answers = config.answers().answers();
        return IntStream.range(0, answers.size())
                .mapToObj(row -> new Answer(answers.get(row), probabilities[row]))
                .sorted(Comparator.comparingDouble(Answer::probability).reversed())
                .toList();
    }

    private static void requireWords(String question) {
        if (question.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT, "question: wanted words, got '" + question + "'; ask for something");
        }
    }
}
