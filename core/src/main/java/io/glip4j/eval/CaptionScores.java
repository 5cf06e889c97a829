package io.glip4j.eval;

import io.glip4j.eval.caption.Bleu;
import io.glip4j.eval.caption.Caption;
import io.glip4j.eval.caption.CaptionFiles;
import io.glip4j.eval.caption.Cider;
import io.glip4j.eval.caption.Meteor;
import io.glip4j.eval.caption.MetricScores;
import io.glip4j.eval.caption.RougeL;
import io.glip4j.eval.caption.Spice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Score} of captions. What needs outside resources is left out, with a line that says so, without them. */
final class CaptionScores {
    private static final String NEEDS_METEOR =
            "needs METEOR 1.5's jar and paraphrase table (pycocoevalcap/meteor has them): give that folder";
    private static final String NEEDS_SPICE =
            "needs SPICE's jar with CoreNLP 3.6.0, its models, a JavaScript engine and JAXB in lib: give that folder";

    private CaptionScores() {}

    static Map<String, Object> run(Path annotations, Path results, ScoreOptions options) {
        List<Caption> captions = CaptionFiles.read(annotations, results);
        Map<String, MetricScores> scores = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        List<MetricScores> bleu = Bleu.score(captions);
        for (int n = 0; n < bleu.size(); n++) {
            scores.put("Bleu_" + (n + 1), bleu.get(n));
        }
        List<List<Double>> statistics = List.of();
        if (options.meteor().isPresent()) {
            Meteor.Scores meteor =
                    Meteor.complete(options.meteor().get(), captions).score(captions);
            scores.put("METEOR", meteor.scores());
            statistics = meteor.statistics();
        } else {
            missing.put("METEOR", NEEDS_METEOR);
        }
        scores.put("METEOR_exact", Meteor.exact().score(captions).scores());
        scores.put("METEOR_exact_stem", Meteor.exactAndStems().score(captions).scores());
        if (options.meteor().isPresent()) {
            scores.put(
                    "METEOR_exact_stem_synonym",
                    Meteor.withSynonyms(options.meteor().get()).score(captions).scores());
        }
        scores.put("ROUGE_L", RougeL.score(captions));
        scores.put("CIDEr", Cider.score(captions));
        Optional<Path> spice = options.spice();
        if (spice.isPresent()) {
            scores.put("SPICE", new Spice(spice.get()).score(captions));
        } else {
            missing.put("SPICE", NEEDS_SPICE);
        }
        return result(captions, scores, statistics, missing);
    }

    private static Map<String, Object> result(
            List<Caption> captions,
            Map<String, MetricScores> scores,
            List<List<Double>> statistics,
            Map<String, String> missing) {
        Map<String, Object> corpus = new LinkedHashMap<>();
        scores.forEach((name, score) -> corpus.put(name, score.corpus()));
        Map<String, Object> perImage = new LinkedHashMap<>();
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (int i = 0; i < captions.size(); i++) {
            Caption caption = captions.get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            int place = i;
            scores.forEach((name, score) -> row.put(name, score.each().get(place)));
            if (!statistics.isEmpty()) {
                row.put("METEOR_statistics", statistics.get(i));
            }
            perImage.put(caption.imageId(), row);
            Map<String, Object> cut = new LinkedHashMap<>();
            cut.put("references", caption.references());
            cut.put("result", caption.result());
            tokens.put(caption.imageId(), cut);
        }
        Map<String, Object> contents = new LinkedHashMap<>();
        contents.put("images", captions.size());
        contents.put(
                "references",
                captions.stream()
                        .mapToInt(caption -> caption.references().size())
                        .sum());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", contents);
        result.put("corpus", corpus);
        result.put("not_computed", missing);
        result.put("per_image", perImage);
        result.put("tokens", tokens);
        return result;
    }
}
