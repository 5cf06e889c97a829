package io.glip4j.model.file;

import io.glip4j.model.SwinConfig;
import io.glip4j.torch.checkpoint.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Reads a network's structure off the names and shapes of a published checkpoint. */
final class CheckpointShapes {
    private static final String SWIN = "backbone.body.";
    private static final String BERT = "language_backbone.body.model.";
    private static final String CLIP = "language_backbone.body.";
    private static final String FUSION = "rpn.head.dyhead_tower.";
    /** Of each three layers of the tower the first is the fusion. */
    private static final int TOWER_STEP = 3;

    private static final long PATCH = 4;

    private final StateDict weights;

    CheckpointShapes(StateDict weights) {
        this.weights = weights;
    }

    Structure structure() {
        return new Structure(image(), text(), fusion());
    }

    private String image() {
        if (!weights.has(SWIN + "patch_embed.proj.weight") || heads(0) == 0) {
            return "an image encoder that is no Swin";
        }
        List<Integer> depths = new ArrayList<>();
        List<Integer> heads = new ArrayList<>();
        int stages = count(stage -> block(stage, 0) + "norm1.weight");
        for (int stage = 0; stage < stages; stage++) {
            int level = stage;
            depths.add(count(index -> block(level, index) + "norm1.weight"));
            heads.add(heads(stage));
        }
        boolean v1 = size(SWIN + "patch_embed.proj.weight", 2) == PATCH;
        return Structure.swin(
                v1 ? SwinConfig.Version.V1 : SwinConfig.Version.V2,
                size(SWIN + "patch_embed.proj.weight", 0),
                depths,
                heads,
                window(size(biasTable(0), 0)),
                weights.has(block(0, 0) + "gamma"));
    }

    private String text() {
        if (weights.has(BERT + "embeddings.word_embeddings.weight")) {
            String layer = BERT + "encoder.layer.";
            return Structure.bert(
                    size(BERT + "embeddings.word_embeddings.weight", 0),
                    size(BERT + "embeddings.word_embeddings.weight", 1),
                    count(index -> layer + index + ".output.dense.weight"),
                    size(layer + "0.intermediate.dense.weight", 0),
                    size(BERT + "embeddings.position_embeddings.weight", 0));
        }
        if (weights.has(CLIP + "token_embedding.weight")) {
            return Structure.clip(
                    size(CLIP + "token_embedding.weight", 0),
                    size(CLIP + "token_embedding.weight", 1),
                    count(index -> CLIP + "resblocks." + index + ".ln_1.weight"),
                    size(CLIP + "positional_embedding", 0));
        }
        return "a text encoder that is neither BERT nor CLIP's";
    }

    private String fusion() {
        String first = FUSION + "0.b_attn.";
        return Structure.fusion(
                count(block -> FUSION + block * TOWER_STEP + ".b_attn.gamma_v"),
                size(first + "gamma_v", 0),
                size(first + "attn.v_proj.weight", 0));
    }

    private static String block(int stage, int index) {
        return SWIN + "layers." + stage + ".blocks." + index + ".";
    }

    private static String biasTable(int stage) {
        return block(stage, 0) + "attn.relative_position_bias_table";
    }

    private int heads(int stage) {
        return (int) Math.min(Integer.MAX_VALUE, size(biasTable(stage), 1));
    }

    /** A window of side w has (2w - 1)^2 distances. */
    private static long window(long distances) {
        return (Math.round(Math.sqrt((double) distances)) + 1) / 2;
    }

    /** Numbers 0, 1, ... for which there is a tensor of the name. */
    private int count(IntFunction<String> name) {
        int count = 0;
        while (weights.has(name.apply(count))) {
            count++;
        }
        return count;
    }

    /** 0 where there is no such tensor or axis. */
    private long size(String name, int axis) {
        if (!weights.has(name)) {
            return 0;
        }
        List<Long> shape = weights.info(name).shape();
        return axis < shape.size() ? shape.get(axis) : 0;
    }
}
