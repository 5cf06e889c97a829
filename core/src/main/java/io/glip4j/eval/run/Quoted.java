package io.glip4j.eval.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers at the top of a score. */
final class Quoted {
    private Quoted() {}

    static Map<String, Double> numbers(Map<String, Object> scores) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        scores.forEach((name, value) -> {
            if (value instanceof Double number) {
                numbers.put(name, number);
            }
        });
        return numbers;
    }
}
