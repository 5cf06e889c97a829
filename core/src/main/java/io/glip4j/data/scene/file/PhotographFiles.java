package io.glip4j.data.scene.file;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFile;
import io.glip4j.data.Seeds;
import io.glip4j.data.scene.PhotographWords;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes what can be said and asked of annotated photographs as {@code captions.json} (COCO), {@code questions.json} and
 * {@code answers.json} (VQA), whose pictures stay where they are.
 */
public final class PhotographFiles {
    private PhotographFiles() {}

    /**
     * Words for every photograph of a data set; the same seed writes the same words.
     *
     * @param images the folder of its pictures, which the files' names begin at
     * @param folder is made; must be empty
     * @param onPhotograph is called as each one has been taken in
     * @throws GlipException {@code BAD_ARGUMENT} if the data set has no class names or its pictures are no files
     */
    public static void write(GroundingDataset photographs, Path images, long seed, Path folder, Runnable onPhotograph) {
        SceneFiles.makeEmpty(folder);
        PhotographWords words = new PhotographWords();
        CaptionRecords captions = new CaptionRecords();
        QuestionRecords questions = new QuestionRecords();
        for (int index = 0; index < photographs.size(); index++) {
            GroundingSample sample = photographs.sample(index);
            ScenePicture picture = new ScenePicture(index + 1L, name(sample, images), sample.width(), sample.height());
            PhotographWords.Words said = words.of(sample, Seeds.random(seed, index));
            if (!said.captions().isEmpty()) { // a picture without references would count against any caption
                captions.add(picture, said.captions());
            }
            questions.add(picture, said.questions());
            onPhotograph.run();
        }
        captions.write(folder);
        questions.write(folder);
    }

    private static String name(GroundingSample sample, Path images) {
        if (sample.text() instanceof ClassNames && sample.picture() instanceof PictureFile picture) {
            return String.valueOf(images.relativize(picture.file()));
        }
        throw new GlipException(
                ErrorCode.BAD_ARGUMENT,
                String.format(
                        Locale.ROOT,
                        "%s: wanted detection data with class names and picture files, got %s of %s; give COCO's layout",
                        sample.dataset(),
                        sample.text().getClass().getSimpleName(),
                        sample.picture()));
    }
}
