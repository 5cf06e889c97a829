package io.glip4j.data.scene;

import java.util.Locale;

/** Which names scenes show. */
public enum SceneNames {
    /** All that the icon sets have drawings for, some hundreds. */
    ALL,
    /** Those that photographs' data sets have too, such as COCO's. */
    COMMON;

    boolean holds(Noun noun) {
        return this == ALL || noun.common();
    }

    /** As it is called on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
