package io.glip4j.data.table;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.PictureSource;
import io.glip4j.input.ImageSize;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Pictures of one folder by number: file name, size and what is said of them. */
public final class PictureTable {
    private final PictureFolder folder;
    private final Texts names = new Texts();
    private final Texts captions = new Texts();
    private final Ints widths = new Ints();
    private final Ints heights = new Ints();

    public PictureTable(PictureFolder folder) {
        this.folder = folder;
    }

    /**
     * Adds a picture whose file was found.
     *
     * @param name relative to the folder
     */
    public int add(String name, String caption, ImageSize size) {
        names.add(name);
        captions.add(caption);
        widths.add(size.width());
        heights.add(size.height());
        return names.size() - 1;
    }

    /** Number of pictures. */
    public int count() {
        return names.size();
    }

    public ImageSize size(int picture) {
        return new ImageSize(widths.get(picture), heights.get(picture));
    }

    public String caption(int picture) {
        return captions.get(picture);
    }

    public PictureSource source(int picture) {
        return new PictureFile(folder.resolve(names.get(picture)));
    }

    /** The numbers of pictures by what annotations call them; needed only while a data set is opened. */
    public static final class Ids<K> {
        private final Map<K, Integer> numbers = new HashMap<>();

        /**
         * Refuses an id that was there.
         *
         * @throws GlipException {@code BAD_ANNOTATIONS}
         */
        public void requireNew(K id) {
            if (numbers.containsKey(id)) {
                throw new GlipException(ErrorCode.BAD_ANNOTATIONS, "wanted each image id once, got " + id + " twice");
            }
        }

        public void put(K id, int picture) {
            numbers.put(id, picture);
        }

        public OptionalInt find(K id) {
            Integer number = numbers.get(id);
            return number == null ? OptionalInt.empty() : OptionalInt.of(number);
        }
    }
}
