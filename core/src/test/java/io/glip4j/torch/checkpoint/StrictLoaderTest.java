package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrictLoaderTest {
    private final Parameters parameters = Parameters.uninitialized();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private TensorScope scope;

    @BeforeEach
    void open() {
        scope = TensorScope.withoutGradient();
        register("a.weight", 2, 2);
        register("b.bias", 3);
        weights.put("a.weight", Tensors.of(new float[] {1, 2, 3, 4}, 2, 2));
        weights.put("b.bias", Tensors.of(new float[] {5, 6, 7}, 3));
    }

    @AfterEach
    void close() {
        scope.close();
        parameters.close();
    }

    @Test
    void everyParameterGetsItsValue() {
        parameters.requireGradient(name -> true);
        load();
        assertThat(values("a.weight")).containsExactly(1, 2, 3, 4);
        assertThat(values("b.bias")).containsExactly(5, 6, 7);
    }

    @Test
    void otherFloatingTypesAreConverted() {
        weights.replaceAll((name, tensor) -> tensor.to(name.startsWith("a.") ? ScalarType.Half : ScalarType.BFloat16));
        load();
        assertThat(values("a.weight")).containsExactly(1, 2, 3, 4);
        assertThat(values("b.bias")).containsExactly(5, 6, 7);
    }

    @Test
    void allMismatchesAreNamedAtOnceAndNothingChanges() {
        register("z.missing", 1);
        register("m.missing", 1);
        fill("b.bias", 9);
        weights.put("a.weight", Tensors.of(new float[] {1, 2}, 1, 2));
        weights.put("x.extra", Tensors.of(new float[] {1}, 1));
        weights.put("c.extra", Tensors.of(new float[] {1}, 1));
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                .hasMessage("test weights does not fit the network of 4 parameters: "
                        + "2 missing (m.missing, z.missing); "
                        + "2 unexpected (c.extra, x.extra); "
                        + "1 of another shape or type (a.weight: wanted (2, 2), got F32 (1, 2))"
                        + ". Choose the preset or configuration that it was saved with");
        assertThat(values("b.bias")).containsExactly(9, 9, 9);
    }

    @Test
    void wholeNumbersAreNoWeights() {
        weights.put("b.bias", Tensors.of(new long[] {1, 2, 3}, 3));
        assertThatThrownBy(this::load).hasMessageContaining("b.bias: wanted (3), got I64 (3)");
    }

    @Test
    void longListsAreCutWithACount() {
        for (int i = 0; i < 100; i++) {
            register("layer." + i, 1);
        }
        assertThatThrownBy(this::load)
                .hasMessageContaining("100 missing (layer.0, layer.1, layer.10, ")
                .hasMessageContaining(" and 75 more)");
    }

    @Test
    void knownBuffersAreSkipped() {
        for (String name : new String[] {
            "backbone.body.layers.2.blocks.17.attn.relative_position_index",
            "language_backbone.body.model.embeddings.position_ids",
            "rpn.anchor_generator.cell_anchors.4",
            "rpn.head.cls_logits.weight",
        }) {
            weights.put(name, Tensors.of(new long[] {1}, 1));
        }
        load();
        assertThat(values("b.bias")).containsExactly(5, 6, 7);
    }

    @Test
    void aKnownNameIsLoadedWhereTheNetworkHasIt() {
        register("rpn.head.cls_logits.bias", 1);
        assertThatThrownBy(this::load).hasMessageContaining("1 missing (rpn.head.cls_logits.bias)");
    }

    @Test
    void tiedNamesNeedOneOfTheTwo() {
        register("rpn.head.mlm_head.bias", 1);
        weights.put("rpn.head.mlm_head.decoder.bias", Tensors.of(new float[] {8}, 1));
        load();
        assertThat(values("rpn.head.mlm_head.bias")).containsExactly(8);
    }

    @Test
    void aPartCanBeLoadedAlone() {
        fill("a.weight", 9);
        weights.remove("a.weight");
        weights.put("c.extra", Tensors.of(new float[] {1}, 1));
        StrictLoader.load(parameters, StateDict.of("test weights", weights), name -> name.startsWith("b."));
        assertThat(values("a.weight")).containsOnly(9);
        assertThat(values("b.bias")).containsExactly(5, 6, 7);
    }

    private void load() {
        StrictLoader.load(parameters, StateDict.of("test weights", weights));
    }

    private void register(String name, long... shape) {
        parameters.register(name, Initializer.ZEROS, shape);
    }

    private void fill(String name, double value) {
        Initializer.constant(value).fill(parameter(name));
    }

    private float[] values(String name) {
        return Tensors.toFloats(parameter(name));
    }

    private Tensor parameter(String name) {
        return Objects.requireNonNull(parameters.byName().get(name));
    }
}
