package io.glip4j.data.scene.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.Caption;
import io.glip4j.data.scene.Expression;
import io.glip4j.data.scene.Scene;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Span;
import io.glip4j.json.RunLengthsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words with boxes as MDETR writes them: one picture record for each text, with it as {@code caption}, and annotations
 * with {@code tokens_positive} (code points). {@code grounding.json} has sentences and every object they name,
 * {@code referring.json} has expressions and the one object each means, and {@code referring-masks.json} that object's
 * mask by the expression's number.
 */
final class GroundingRecords implements SceneRecords {
    private static final String IMAGES = "images";
    private static final String ANNOTATIONS = "annotations";
    private static final String CATEGORIES = "categories";
    private static final String ITEMS = "items";
    /** COCO's shape asks for one; which words name an object, its own record says. */
    private static final Category ANYTHING = new Category(1, "object");

    private final JsonLists sentences = new JsonLists(IMAGES, CATEGORIES, ANNOTATIONS).add(CATEGORIES, ANYTHING);
    private final JsonLists expressions = new JsonLists(IMAGES, CATEGORIES, ANNOTATIONS).add(CATEGORIES, ANYTHING);
    private final JsonLists masks = new JsonLists(ITEMS);
    private long nextSentence = 1;
    private long nextExpression = 1;
    private long nextPhrase = 1;
    private long nextTarget = 1;

    private record Text(
            long id,
            @JsonProperty("file_name") String fileName,
            int width,
            int height,
            @JsonProperty("original_img_id") long picture,
            String caption) {
        static Text of(long id, ScenePicture picture, Caption caption) {
            return new Text(id, picture.fileName(), picture.width(), picture.height(), picture.id(), caption.text());
        }
    }

    private record Phrase(
            long id,
            @JsonProperty("image_id") long text,
            @JsonProperty("category_id") int category,
            List<Integer> bbox,
            long area,
            int iscrowd,
            @JsonProperty("tokens_positive") List<List<Integer>> words,
            RunLengthsJson segmentation) {
        static Phrase of(long id, long text, RunLengthMask mask, List<Span> spans) {
            List<List<Integer>> words = new ArrayList<>();
            spans.forEach(span -> words.add(List.of(span.begin(), span.end())));
            return new Phrase(id, text, 1, InstanceRecords.box(mask), mask.area(), 0, words, RunLengthsJson.of(mask));
        }
    }

    private record Item(long id, RunLengthsJson gt) {}

    @Override
    public void add(ScenePicture picture, Scene scene) {
        for (Scene.Description description : scene.captions()) {
            Caption caption = description.caption();
            sentences.add(IMAGES, Text.of(nextSentence, picture, caption));
            for (int i = 0; i < description.objects().size(); i++) {
                RunLengthMask mask =
                        scene.objects().get(description.objects().get(i)).mask();
                List<Span> words = caption.phrases().get(i);
                sentences.add(ANNOTATIONS, Phrase.of(nextPhrase++, nextSentence, mask, words));
            }
            nextSentence++;
        }
        for (Expression expression : scene.expressions()) {
            Caption caption = expression.caption();
            RunLengthMask mask = scene.objects().get(expression.target()).mask();
            expressions.add(IMAGES, Text.of(nextExpression, picture, caption));
            List<Span> words = caption.phrases().get(0);
            expressions.add(ANNOTATIONS, Phrase.of(nextTarget++, nextExpression, mask, words));
            masks.add(ITEMS, new Item(nextExpression, RunLengthsJson.of(mask)));
            nextExpression++;
        }
    }

    @Override
    public void write(Path folder) {
        sentences.write(folder.resolve("grounding.json"));
        expressions.write(folder.resolve("referring.json"));
        masks.writeList(ITEMS, folder.resolve("referring-masks.json"));
    }
}
