package io.glip4j.verify;

import io.glip4j.model.GlipModel;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.checkpoint.StrictLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs recorded cases, of the form of {@code golden/model}, through the network. */
public final class CaseVerifier {
    private final List<Stage> stages;
    private final Form form;

    /** Checks these stages of the plain form, in this order. */
    public CaseVerifier(List<Stage> stages) {
        this(stages, Form.PLAIN);
    }

    private CaseVerifier(List<Stage> stages, Form form) {
        this.stages = List.copyOf(stages);
        this.form = form;
    }

    /** Checks all there are of a form; the fast one does not train. */
    public static CaseVerifier of(Form form) {
        return switch (form) {
            case PLAIN -> ofAllStages();
            case FAST, BFLOAT16 ->
                new CaseVerifier(List.of(new ForwardStages(), new DetectionStages(), new MaskStages()), form);
        };
    }

    /** Checks all there are. */
    public static CaseVerifier ofAllStages() {
        return new CaseVerifier(List.of(
                new ForwardStages(),
                new DetectionStages(),
                new MaskStages(),
                new TargetStages(),
                new TrainingStages(),
                new TrajectoryStages()));
    }

    /** Loads the case's weights, runs its inputs and compares whatever was recorded. */
    public CaseReport verify(Path folder) {
        try (RecordedCase recorded = RecordedCase.open(folder);
                Parameters parameters = Parameters.uninitialized()) {
            GlipModel model = new GlipModel(parameters.in(form), recorded.config());
            StrictLoader.load(parameters, recorded.weights());
            List<StageResult> results = new ArrayList<>();
            try (TensorScope scope = TensorScope.withoutGradient()) {
                CaseRun run = CaseRun.of(recorded, parameters, model);
                for (Stage stage : stages) {
                    results.addAll(stage.check(run));
                }
            }
            return new CaseReport(recorded.name(), results);
        }
    }
}
