package io.glip4j.input;

/**
 * A picture in the network's size.
 *
 * @param picture the resized pixels
 * @param original size of the caller's picture, to which boxes are scaled back
 */
public record ResizedPicture(Picture picture, ImageSize original) {
    public ImageSize size() {
        return picture.size();
    }
}
