package io.glip4j.examples;

import io.glip4j.model.file.ModelFile;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.DataSource;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.Trainer;
import io.glip4j.train.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fine-tunes a model on a COCO file; run again, it goes on where it was. */
public final class Example5FineTune {
    private static final int STEPS = 500;

    private Example5FineTune() {}

    /** Arguments: a model, annotations, the folder of the pictures, a folder for the result. */
    public static void main(String[] arguments) {
        Path out = Path.of(arguments[3]);
        TrainConfig config = TrainConfig.nano(STEPS);
        DataSource data = DataSource.of(Path.of(arguments[1]), Path.of(arguments[2]));
        try (ModelFile start = ModelFile.open(Path.of(arguments[0]));
                TrainableModel model = TrainableModel.from(start);
                Trainer trainer = new TrainingRun(List.of(data), config, out)
                        .start(model.network(), Optional.empty(), List.of())) {
            trainer.run();
            trainer.withAverages(() -> model.write(out.resolve("model.safetensors"), config, Precision.HALF));
        }
    }
}
