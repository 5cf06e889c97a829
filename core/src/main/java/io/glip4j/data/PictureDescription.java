package io.glip4j.data;

import io.glip4j.model.Task;
import java.util.List;

/** What people say of a picture as a whole, to be told word by word. */
public record PictureDescription(String text) implements SampleText {
    @Override
    public int boxes() {
        return 0;
    }

    @Override
    public PictureDescription only(List<Integer> kept) {
        return this;
    }

    @Override
    public String described() {
        return text;
    }

    @Override
    public Task task() {
        return Task.DESCRIBE;
    }
}
