package io.glip4j.data;

import java.util.SplittableRandom;

/** Makes a training example of a sample; called from many threads, and the same for the same random numbers. */
@FunctionalInterface
public interface ExampleMaker {
    TrainingExample make(GroundingSample sample, SplittableRandom random);
}
