package io.glip4j.app;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import io.glip4j.data.scene.file.PhotographFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip narrate}: captions and questions for photographs whose things are annotated. */
@Command(
        name = "narrate",
        description = {
            "Write captions, questions and answers for photographs whose things are annotated with boxes: what is there,",
            "how many, where and beside what. To be read with glip train --data captions-json and vqa-json and the same",
            "--images. The same seed writes the same words."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NarrateCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "FORMAT",
            defaultValue = "coco-json",
            description = "coco-json, lvis-json or objects365-json; no counts are asked of pictures in which not every"
                    + " class is said to be there or not (default: ${DEFAULT-VALUE})")
    private String format = DataFormat.COCO_JSON.label();

    @Option(names = "--annotations", required = true, paramLabel = "FILE", description = "the boxes")
    private Path annotations = Path.of("");

    @Option(names = "--images", required = true, paramLabel = "DIR", description = "the folder of the pictures")
    private Path images = Path.of("");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "new or empty folder")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GroundingDataset photographs =
                DataFormat.named(format).open(DataFiles.of(annotations, images), new BadRecordLog(BadRecords.REFUSE));
        try (ProgressBar bar = Progress.of("narrate", photographs.size())) {
            PhotographFiles.write(photographs, images, seed, out, bar::step);
        }
        spec.commandLine().getOut().println("wrote " + out + ": words for " + photographs.size() + " photographs");
        return 0;
    }
}
