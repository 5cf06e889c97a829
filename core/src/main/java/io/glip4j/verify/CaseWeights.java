package io.glip4j.verify;

import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.checkpoint.StateDict;

/** Puts the weights in. */
final class CaseWeights {
    private CaseWeights() {}

    static void load(Parameters parameters, StateDict weights) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            parameters.byName().forEach((name, parameter) -> parameter.copy_(weights.tensor(name)));
        }
    }
}
