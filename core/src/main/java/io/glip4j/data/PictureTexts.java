package io.glip4j.data;

import io.glip4j.model.Task;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several questions about one picture, or several descriptions of it, which are learned together so that the picture is
 * looked at once.
 *
 * @param each at least one, all for the same task and without boxes
 */
public record PictureTexts(List<SampleText> each) implements SampleText {
    public PictureTexts {
        each = List.copyOf(each);
        long tasks = each.stream().map(SampleText::task).distinct().count();
        if (tasks != 1 || each.stream().anyMatch(text -> text.boxes() > 0)) {
            throw new IllegalArgumentException("wanted questions or descriptions of one picture, got " + each);
        }
    }

    @Override
    public int boxes() {
        return 0;
    }

    @Override
    public PictureTexts only(List<Integer> kept) {
        return this;
    }

    @Override
    public String described() {
        return each.stream().map(SampleText::described).collect(Collectors.joining(" | "));
    }

    @Override
    public Task task() {
        return each.get(0).task();
    }
}
