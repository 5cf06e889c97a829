package io.glip4j.eval;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be scored from files. */
public enum Metric {
    COCO_BBOX("coco_bbox", "gt.json", "dt.json"),
    COCO_SEGM("coco_segm", "gt.json", "dt.json"),
    LVIS("lvis", "gt.json", "dt.json"),
    LVIS_SEGM("lvis_segm", "gt.json", "dt.json"),
    FLICKR("flickr", "", "predictions.json"),
    CAPTION("caption", "references.json", "results.json"),
    VQA("vqa", "annotations.json", "results.json"),
    REFSEG("refseg", "items.json", "items.json"),
    PHRASECUT("phrasecut", "images.json", "images.json");

    private final String label;
    private final String annotationsFile;
    private final String resultsFile;

    Metric(String label, String annotationsFile, String resultsFile) {
        this.label = label;
        this.annotationsFile = annotationsFile;
        this.resultsFile = resultsFile;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /** The file taken when the annotations are given as a folder; empty where they are a folder. */
    String annotationsFile() {
        return annotationsFile;
    }

    /** The file taken when the results are given as a folder. */
    String resultsFile() {
        return resultsFile;
    }

    /**
     * The metric of that name.
     *
     * @throws GlipException {@code BAD_ARGUMENT} if there is none
     */
    public static Metric of(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted one of the metrics "
                                + Arrays.stream(values()).map(Metric::label).collect(Collectors.joining(", "))
                                + ", got " + label));
    }
}
