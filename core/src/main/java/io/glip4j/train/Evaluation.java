package io.glip4j.train;

import java.util.Map;

/** Measures the network while it trains; the averaged weights are in place when it is called. */
@FunctionalInterface
public interface Evaluation {
    /** Numbers by name, higher or lower being better as the name says. */
    Map<String, Double> evaluate(int stepsDone);
}
