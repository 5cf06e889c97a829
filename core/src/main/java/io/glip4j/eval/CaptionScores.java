package io.glip4j.eval;

import io.glip4j.eval.caption.Bleu;
import io.glip4j.eval.caption.Caption;
import io.glip4j.eval.caption.CaptionFiles;
import io.glip4j.eval.caption.Cider;
import io.glip4j.eval.caption.MetricScores;
import io.glip4j.eval.caption.RougeL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Score} of captions. */
final class CaptionScores {
    private CaptionScores() {}

    static Map<String, Object> run(Path annotations, Path results, ScoreOptions options) {
        List<Caption> captions = CaptionFiles.read(annotations, results);
        Map<String, MetricScores> scores = new LinkedHashMap<>();
        List<MetricScores> bleu = Bleu.score(captions);
        for (int n = 0; n < bleu.size(); n++) {
            scores.put("Bleu_" + (n + 1), bleu.get(n));
        }
        scores.put("ROUGE_L", RougeL.score(captions));
        scores.put("CIDEr", Cider.score(captions));
        Map<String, Object> result = new LinkedHashMap<>();
        Map<String, Object> corpus = new LinkedHashMap<>();
        scores.forEach((name, score) -> corpus.put(name, score.corpus()));
        result.put("corpus", corpus);
        Map<String, Object> perImage = new LinkedHashMap<>();
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (int i = 0; i < captions.size(); i++) {
            Caption caption = captions.get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            int place = i;
            scores.forEach((name, score) -> row.put(name, score.each().get(place)));
            perImage.put(caption.imageId(), row);
            Map<String, Object> cut = new LinkedHashMap<>();
            cut.put("references", caption.references());
            cut.put("result", caption.result());
            tokens.put(caption.imageId(), cut);
        }
        result.put("per_image", perImage);
        result.put("tokens", tokens);
        return result;
    }
}
