package io.glip4j.eval.vqa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import io.glip4j.text.AnswerNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * VQA v2 accuracy: an answer is right as far as three of the other annotators gave it, averaged over leaving each
 * annotator out.
 *
 * <p>Bad input: results must answer exactly the annotated questions (the official tool refuses others too); of two
 * answers to one question the later counts, as there.
 */
public final class VqaEvaluation {
    private static final double FULL_AGREEMENT = 3;

    private VqaEvaluation() {}

    /**
     * Scores a results file, a list of {@code question_id, answer}.
     *
     * @param annotations the official annotation file with its list {@code annotations}
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static VqaScores evaluate(Path annotations, Path results) {
        Map<Long, String> answers = readResults(results);
        List<VqaQuestion> scored = new ArrayList<>();
        Map<Long, String> left = new LinkedHashMap<>(answers);
        JsonRecords.readLists(annotations, Map.of("annotations", json -> {
            JsonNode annotation = json.tree();
            json.require(annotation.path("question_id").isIntegralNumber(), "question_id");
            json.require(
                    annotation.path("answers").isArray()
                            && !annotation.path("answers").isEmpty(),
                    "answers");
            long question = annotation.path("question_id").asLong();
            String answer = answers.get(question);
            if (answer == null) {
                throw bad(results + ": wanted an answer to every annotated question, got none to " + question);
            }
            left.remove(question);
            scored.add(score(question, annotation, answer));
        }));
        if (!left.isEmpty()) {
            throw bad(results + ": wanted answers to annotated questions only, got one to "
                    + left.keySet().iterator().next());
        }
        return new VqaScores(scored);
    }

    private static Map<Long, String> readResults(Path results) {
        Map<Long, String> answers = new LinkedHashMap<>();
        JsonRecords.readList(results, json -> readResult(json, answers));
        return answers;
    }

    private static void readResult(JsonRecord json, Map<Long, String> answers) throws IOException {
        JsonNode result = json.tree();
        json.require(result.path("question_id").isIntegralNumber(), "question_id");
        json.require(result.path("answer").isTextual(), "answer");
        answers.put(result.path("question_id").asLong(), result.path("answer").asText());
    }

    private static VqaQuestion score(long question, JsonNode annotation, String rawAnswer) {
        List<JsonNode> given = new ArrayList<>();
        annotation.path("answers").forEach(answer -> given.add(withText(answer, AnswerNormalizer.trim(text(answer)))));
        String answer = AnswerNormalizer.trim(rawAnswer);
        boolean disagree = given.stream().map(VqaEvaluation::text).distinct().count() > 1;
        if (disagree) {
            given.replaceAll(one -> withText(one, AnswerNormalizer.normalize(text(one))));
            answer = AnswerNormalizer.normalize(answer);
        }
        double sum = 0;
        for (JsonNode leftOut : given) {
            int agreeing = 0;
            for (JsonNode other : given) {
                if (!other.equals(leftOut) && text(other).equals(answer)) {
                    agreeing++;
                }
            }
            sum += Math.min(1, agreeing / FULL_AGREEMENT);
        }
        return new VqaQuestion(
                question,
                annotation.path("question_type").asText(),
                annotation.path("answer_type").asText(),
                disagree,
                answer,
                given.stream().map(VqaEvaluation::text).toList(),
                sum / given.size());
    }

    private static String text(JsonNode answer) {
        return answer.path("answer").asText();
    }

    private static JsonNode withText(JsonNode answer, String text) {
        if (!(answer instanceof ObjectNode object) || !answer.path("answer").isTextual()) {
            throw bad("wanted answers with a text each, got " + answer);
        }
        return object.deepCopy().put("answer", text);
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
