package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Segment;
import io.glip4j.torch.TensorScope;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The blocks of one stage; every second one shifts its windows by half a window. */
final class SwinStage {
    private final int window;
    private final int shift;
    private final List<Segment<SwinBlock>> blocks;

    /** Registers {@code blocks.*}. */
    SwinStage(Parameters parameters, SwinConfig config, int stage) {
        this.window = config.window();
        this.shift = window / 2;
        this.blocks = IntStream.range(0, config.depths().get(stage))
                .mapToObj(block -> Segment.of(
                        parameters.at("blocks").at(block), at -> SwinBlock.of(at, block(config, stage, block))))
                .toList();
    }

    private static SwinBlock.Config block(SwinConfig config, int stage, int block) {
        return new SwinBlock.Config(
                config.channels(stage),
                config.heads().get(stage),
                config.window(),
                block % 2 == 0 ? 0 : config.window() / 2,
                config.layerScale(),
                dropPath(config, stage, block));
    }

    /** Grows linearly over the blocks of all stages, from 0 at the first to the configured rate at the last. */
    static double dropPath(SwinConfig config, int stage, int block) {
        int all = config.depths().stream().mapToInt(Integer::intValue).sum();
        int before = config.depths().subList(0, stage).stream()
                .mapToInt(Integer::intValue)
                .sum();
        return config.dropPath() * (before + block) / (all - 1);
    }

    /** (N, H, W, C), which is freed, to the same shape. */
    Tensor consume(Tensor map, Mode mode) {
        long height = map.size(1) + Windows.missing(map.size(1), window);
        long width = map.size(2) + Windows.missing(map.size(2), window);
        Tensor shiftMask = TensorScope.local(() -> Windows.shiftMask(window, shift, height, width)); // (K, L, L)
        Tensor out = map;
        for (Segment<SwinBlock> block : blocks) {
            Tensor in = out;
            out = block.forward(
                            List.of(in, shiftMask),
                            (layer, read) -> List.of(layer.forward(read.get(0), read.get(1), mode)))
                    .get(0);
            TensorScope.free(List.of(in));
        }
        TensorScope.free(List.of(shiftMask));
        return out;
    }
}
