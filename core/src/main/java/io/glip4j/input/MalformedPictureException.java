package io.glip4j.input;

/** A picture file that contradicts its format; the reader says of which file. */
final class MalformedPictureException extends RuntimeException {
    MalformedPictureException(String what) {
        super(what);
    }
}
