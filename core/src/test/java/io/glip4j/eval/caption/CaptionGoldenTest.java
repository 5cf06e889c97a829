package io.glip4j.eval.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens and metrics as pycocoevalcap gives them; the metrics from recorded tokens. */
class CaptionGoldenTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void tokensOfSingleTexts() {
        for (Path folder : Goldens.folders("metrics/caption")) {
            JsonNode rows = JsonClose.read(folder.resolve("tokenizer.json"));
            assertThat(rows.size()).isGreaterThan(150);
            for (JsonNode row : rows) {
                String text = row.get("text").asText();
                assertThat(String.join(" ", PtbTokenizer.cut(List.of(text)).get(0)))
                        .as(text)
                        .isEqualTo(row.get("ptb").asText());
                assertThat(PtbTokenizer.tokenize(List.of(text)).get(0))
                        .as(text)
                        .isEqualTo(row.get("tokens").asText());
            }
        }
    }

    private static List<Caption> recorded(JsonNode expected) {
        List<Caption> captions = new ArrayList<>();
        expected.get("tokens").properties().forEach(entry -> {
            List<String> references = new ArrayList<>();
            entry.getValue().get("references").forEach(text -> references.add(text.asText()));
            captions.add(
                    new Caption(entry.getKey(), entry.getValue().get("result").asText(), references));
        });
        return captions;
    }

    @Test
    void bleu() {
        check((captions, n) -> Bleu.score(captions).get(n), List.of("Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4"));
    }

    @Test
    void rougeAndCider() {
        check((captions, n) -> RougeL.score(captions), List.of("ROUGE_L"));
        check((captions, n) -> Cider.score(captions), List.of("CIDEr"));
    }

    @Test
    void meteorOfExactMatchesAndStems() {
        check((captions, n) -> Meteor.exact().score(captions).scores(), List.of("METEOR_exact"));
        check((captions, n) -> Meteor.exactAndStems().score(captions).scores(), List.of("METEOR_exact_stem"));
    }

    private interface Scorer {
        MetricScores score(List<Caption> captions, int n);
    }

    private static void check(Scorer scorer, List<String> names) {
        for (Path folder : Goldens.folders("metrics/caption")) {
            JsonNode expected = JsonClose.read(folder.resolve("expected.json"));
            List<Caption> captions = recorded(expected);
            for (int n = 0; n < names.size(); n++) {
                MetricScores scores = scorer.score(captions, n);
                check(
                        names.get(n),
                        scores.corpus(),
                        expected.get("corpus").get(names.get(n)).asDouble());
                for (int i = 0; i < captions.size(); i++) {
                    double wanted = expected.get("per_image")
                            .get(captions.get(i).imageId())
                            .get(names.get(n))
                            .asDouble();
                    check(
                            names.get(n) + " of " + captions.get(i).imageId(),
                            scores.each().get(i),
                            wanted);
                }
            }
        }
    }

    private static void check(String what, double found, double wanted) {
        assertThat(found).as(what).isCloseTo(wanted, within(TOLERANCE * Math.max(1e-3, Math.abs(wanted))));
    }
}
