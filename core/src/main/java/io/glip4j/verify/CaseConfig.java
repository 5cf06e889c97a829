package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.PostProcessConfig.ScoreAggregation;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.checkpoint.StateDict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The network a recorded case was made with, from its {@code case.json} and the shapes of its weights. */
final class CaseConfig {
    private static final String BERT_TABLES = "language_backbone.body.model.embeddings.";
    private static final String CLIP_WORDS = "language_backbone.body.token_embedding.weight";
    private static final String MASK = "roi_heads.mask.";
    private static final String MASKED_WORDS = "rpn.head.mlm_head.";

    private final JsonNode json;
    private final JsonNode model;
    private final StateDict weights;

    private CaseConfig(JsonNode json, StateDict weights) {
        this.json = json;
        this.model = json.required("model");
        this.weights = weights;
    }

    /** Dropout and stochastic depth are off, as in every recorded case. */
    static GlipConfig of(JsonNode json, StateDict weights) {
        CaseConfig recorded = new CaseConfig(json, weights);
        return new GlipConfig(
                json.required("variant").asText(),
                new ImageConfig(
                        ImageConfig.PUBLISHED.shorterSide(),
                        ImageConfig.PUBLISHED.longerSide(),
                        json.required("divisible_by").asInt()),
                recorded.swin(),
                recorded.text(),
                recorded.fusion(),
                recorded.postProcess(),
                recorded.heads());
    }

    private SwinConfig swin() {
        JsonNode swin = model.required("swin");
        return new SwinConfig(
                swin.required("version").asText().equals("v2") ? SwinConfig.Version.V2 : SwinConfig.Version.V1,
                swin.required("embed_dim").asInt(),
                integers(swin.required("depths")),
                integers(swin.required("num_heads")),
                swin.required("window_size").asInt(),
                swin.required("layer_scale").asInt() == 1,
                0);
    }

    private TextEncoderConfig text() {
        JsonNode text = model.required("text");
        int width = text.required("dim").asInt();
        int layers = text.required("layers").asInt();
        int heads = text.required("heads").asInt();
        int maxTokens = text.required("max_query_len").asInt();
        return text.required("type").asText().equals("clip")
                ? new ClipTextConfig(rows(CLIP_WORDS), width, layers, heads, maxTokens)
                : new BertConfig(
                        rows(BERT_TABLES + "word_embeddings.weight"),
                        width,
                        layers,
                        heads,
                        text.required("intermediate").asInt(),
                        rows(BERT_TABLES + "position_embeddings.weight"),
                        maxTokens);
    }

    private FusionConfig fusion() {
        JsonNode attention = model.required("fusion");
        return new FusionConfig(
                model.required("dyhead_blocks").asInt(),
                model.required("dyhead_channels").asInt(),
                model.required("group_norm_groups").asInt(),
                attention.required("embed_dim").asInt(),
                attention.required("heads").asInt(),
                0);
    }

    private PostProcessConfig postProcess() {
        JsonNode rules = json.required("postprocess");
        return new PostProcessConfig(
                ScoreAggregation.valueOf(rules.required("score_agg").asText()),
                rules.required("score_threshold").asDouble(),
                rules.required("pre_nms_top_n").asInt(),
                rules.required("nms_iou").asDouble(),
                rules.required("detections_per_image").asInt());
    }

    private Set<Head> heads() {
        Set<Head> heads = EnumSet.noneOf(Head.class);
        if (weights.names().stream().anyMatch(name -> name.startsWith(MASK))) {
            heads.add(Head.MASK);
        }
        if (weights.names().stream().anyMatch(name -> name.startsWith(MASKED_WORDS))) {
            heads.add(Head.MASKED_WORDS);
        }
        return heads;
    }

    private int rows(String table) {
        return Math.toIntExact(weights.info(table).shape().get(0));
    }

    private static List<Integer> integers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }
}
