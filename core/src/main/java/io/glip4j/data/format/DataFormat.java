package io.glip4j.data.format;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.detection.CocoShapedTable;
import io.glip4j.data.detection.OpenImages;
import io.glip4j.data.grounding.FlickrDataset;
import io.glip4j.data.grounding.JsonLinesDataset;
import io.glip4j.data.grounding.MdetrDataset;
import io.glip4j.data.grounding.WebDataset;
import io.glip4j.data.language.CocoCaptions;
import io.glip4j.data.language.VqaDataset;
import io.glip4j.model.Task;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The formats of data sets that can be trained on, by the names the command line has for them. */
public enum DataFormat {
    /** COCO JSON. */
    COCO_JSON("coco-json"),
    /** COCO JSON in which every object has an outline: polygons or run lengths. */
    COCO_MASKS("coco-masks"),
    /** LVIS JSON, v1 or v0.5. */
    LVIS_JSON("lvis-json"),
    /** Objects365 JSON, v1 or v2. */
    OBJECTS365_JSON("objects365-json"),
    /** OpenImages boxes as CSV, with class names and, if there are, image labels. */
    OPENIMAGES_CSV("openimages-csv"),
    /** Grounding as MDETR writes it: COCO's shape with {@code caption} and {@code tokens_positive}. */
    MDETR_JSON("mdetr-json"),
    /** Flickr30k Entities: the folder with Sentences and Annotations. */
    FLICKR("flickr"),
    /** JSON lines: ODVG records, or captions with the boxes of their phrases. */
    JSONL("jsonl"),
    /** A tar file or a folder of them: pictures with such records. */
    WEBDATASET("webdataset"),
    /** Questions and answers as VQA v2 has them. */
    VQA_JSON("vqa-json"),
    /** Descriptions as COCO has them. */
    CAPTIONS_JSON("captions-json");

    private final String label;

    DataFormat(String label) {
        this.label = label;
    }

    /**
     * The format of this name.
     *
     * @throws GlipException {@code BAD_ARGUMENT}
     */
    public static DataFormat named(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted a format of data sets (" + labels() + "), got '" + label + "'; convert it first"));
    }

    /** The names of all formats. */
    public static String labels() {
        return Arrays.stream(values()).map(DataFormat::label).collect(Collectors.joining(", "));
    }

    /** What is learned from it. */
    public Task task() {
        return switch (this) {
            case VQA_JSON -> Task.ANSWER;
            case CAPTIONS_JSON -> Task.DESCRIBE;
            default -> Task.GROUND;
        };
    }

    /** Its name on the command line. */
    public String label() {
        return label;
    }

    /**
     * Opens a data set, which is checked as a whole.
     *
     * @param log takes the records that are left out
     * @throws GlipException {@code BAD_ARGUMENT} if a file is not named, {@code UNREADABLE_FILE}, or
     *     {@code BAD_ANNOTATIONS} if it is of another format or more records are bad than may be
     */
    public GroundingDataset open(DataFiles files, BadRecordLog log) {
        return switch (this) {
            case COCO_JSON -> CocoDataset.open(files.annotations(), files.requiredPictures(), log);
            case COCO_MASKS -> CocoDataset.openWithOutlines(files.annotations(), files.requiredPictures(), log);
            case LVIS_JSON -> CocoShapedTable.lvis(files.annotations(), files.requiredPictures(), log);
            case OBJECTS365_JSON -> CocoShapedTable.objects365(files.annotations(), files.requiredPictures(), log);
            case OPENIMAGES_CSV ->
                OpenImages.open(
                        files.annotations(),
                        files.requiredClassNames(),
                        files.imageLabels(),
                        files.requiredPictures(),
                        log);
            case MDETR_JSON -> MdetrDataset.open(files.annotations(), files.requiredPictures(), log);
            case FLICKR -> FlickrDataset.open(files.annotations(), files.requiredPictures(), files.part(), log);
            case JSONL -> JsonLinesDataset.open(files.annotations(), files.classNames(), files.requiredPictures(), log);
            case WEBDATASET -> WebDataset.open(files.annotations(), log);
            case VQA_JSON ->
                VqaDataset.open(files.requiredQuestions(), files.annotations(), files.requiredPictures(), log);
            case CAPTIONS_JSON -> CocoCaptions.open(files.annotations(), files.requiredPictures(), log);
        };
    }
}
