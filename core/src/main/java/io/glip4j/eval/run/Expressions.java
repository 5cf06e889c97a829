package io.glip4j.eval.run;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The referring expressions of a COCO file in which each picture record carries one as its {@code caption}.
 *
 * @param byPicture by the pictures' ids
 */
record Expressions(List<TaskPicture> pictures, Map<String, String> byPicture) {
    Expressions {
        pictures = List.copyOf(pictures);
        byPicture = Map.copyOf(byPicture);
    }

    static Expressions read(Path annotations, Path images) {
        AnnotatedPictures read = AnnotatedPictures.read(annotations, images);
        Map<String, String> expressions = new HashMap<>();
        for (int i = 0; i < read.pictures().size(); i++) {
            String id = read.pictures().get(i).id();
            String expression = read.captions().get(i);
            if (expression.isBlank()) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        annotations + ": wanted a caption for every picture, got none for " + id);
            }
            expressions.put(id, expression);
        }
        return new Expressions(read.pictures(), expressions);
    }

    String of(TaskPicture picture) {
        return byPicture.getOrDefault(picture.id(), "");
    }
}
