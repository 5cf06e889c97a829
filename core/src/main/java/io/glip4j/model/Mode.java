package io.glip4j.model;

/** Whether dropout and stochastic depth act. */
public enum Mode {
    INFERENCE,
    TRAINING
}
