package io.glip4j.eval.run;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures and categories of a COCO or LVIS annotation file; LVIS names the picture in {@code coco_url}.
 *
 * @param captions what each picture record carries as its caption, empty where it has none
 */
record AnnotatedPictures(List<TaskPicture> pictures, List<String> captions, List<PromptCategory> categories) {
    AnnotatedPictures {
        pictures = List.copyOf(pictures);
        captions = List.copyOf(captions);
        categories = List.copyOf(categories);
    }

    static AnnotatedPictures read(Path annotations, Path images) {
        List<TaskPicture> pictures = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        List<PromptCategory> categories = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        JsonRecords.readLists(
                annotations,
                Map.of(
                        "images",
                        json -> {
                            Picture read = Picture.read(json, images);
                            if (ids.add(read.picture.id())) {
                                pictures.add(read.picture);
                                captions.add(read.caption);
                            }
                        },
                        "categories",
                        json -> categories.add(category(json)),
                        "annotations",
                        AnnotatedPictures::passOver));
        if (pictures.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ANNOTATIONS, annotations + ": wanted pictures, got none");
        }
        return new AnnotatedPictures(pictures, captions, categories);
    }

    private static void passOver(JsonRecord json) throws IOException {
        while (json.nextField()) {
            json.skip();
        }
    }

    private record Picture(TaskPicture picture, String caption) {
        static Picture read(JsonRecord json, Path images) throws IOException {
            Optional<Long> id = Optional.empty();
            String name = "";
            String url = "";
            String caption = "";
            while (json.nextField()) {
                switch (json.field()) {
                    case "id" -> id = Optional.of(json.integer());
                    case "file_name" -> name = json.text();
                    case "coco_url" -> url = json.text();
                    case "caption" -> caption = json.text();
                    default -> json.skip();
                }
            }
            json.require(id.isPresent(), "id");
            json.require(!name.isEmpty() || !url.isEmpty(), "file_name");
            String file = name.isEmpty() ? url.substring(url.lastIndexOf('/') + 1) : name;
            try {
                return new Picture(new TaskPicture(Long.toString(id.orElseThrow()), images.resolve(file)), caption);
            } catch (InvalidPathException e) {
                throw json.bad("wanted a file name, got one this system cannot express");
            }
        }
    }

    private static PromptCategory category(JsonRecord json) throws IOException {
        Optional<Long> id = Optional.empty();
        String name = "";
        while (json.nextField()) {
            switch (json.field()) {
                case "id" -> id = Optional.of(json.integer());
                case "name" -> name = json.text();
                default -> json.skip();
            }
        }
        json.require(id.isPresent(), "id");
        return new PromptCategory(id.orElseThrow(), name);
    }
}
