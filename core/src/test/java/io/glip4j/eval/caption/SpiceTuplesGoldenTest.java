package io.glip4j.eval.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** SPICE's numbers from its recorded scene graph tuples. */
class SpiceTuplesGoldenTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void everyCategoryOfEveryPicture() {
        for (Path folder : Goldens.folders("metrics/caption")) {
            JsonNode pictures =
                    JsonClose.read(folder.resolve("spice_tuples.json")).get("per_image");
            JsonNode expected = JsonClose.read(folder.resolve("expected.json"));
            double sum = 0;
            for (Map.Entry<String, JsonNode> picture : pictures.properties()) {
                SpiceTuples tuples = new SpiceTuples(
                        read(picture.getValue().get("test_tuples")),
                        read(picture.getValue().get("ref_tuples")));
                Map<String, SpiceTuples.Measure> measures = tuples.measures();
                JsonNode scores = picture.getValue().get("scores");
                assertThat(measures).hasSameSizeAs(scores);
                scores.properties()
                        .forEach(category -> check(
                                picture.getKey() + " " + category.getKey(),
                                Objects.requireNonNull(measures.get(category.getKey())),
                                category.getValue()));
                double f = Objects.requireNonNull(measures.get("All")).f();
                assertThat(f)
                        .isCloseTo(
                                expected.get("per_image")
                                        .get(picture.getKey())
                                        .get("SPICE")
                                        .asDouble(),
                                within(TOLERANCE));
                sum += f;
            }
            assertThat(sum / pictures.size())
                    .isCloseTo(expected.at("/corpus/SPICE").asDouble(), within(TOLERANCE));
        }
    }

    private static List<SpiceTuples.Tuple> read(JsonNode rows) {
        List<SpiceTuples.Tuple> tuples = new ArrayList<>();
        for (JsonNode row : rows) {
            List<String> words = new ArrayList<>();
            row.get(0).forEach(word -> words.add(word.asText()));
            tuples.add(new SpiceTuples.Tuple(words, row.get(1).asBoolean()));
        }
        return tuples;
    }

    private static void check(String what, SpiceTuples.Measure measure, JsonNode expected) {
        assertThat(measure.right()).as(what).isEqualTo(expected.get("tp").asInt());
        assertThat(measure.wrong()).as(what).isEqualTo(expected.get("fp").asInt());
        assertThat(measure.missing()).as(what).isEqualTo(expected.get("fn").asInt());
        check(what, measure.precision(), expected.get("pr"));
        check(what, measure.recall(), expected.get("re"));
        check(what, measure.f(), expected.get("f"));
    }

    private static void check(String what, double found, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(found).as(what).isNaN();
        } else {
            assertThat(found).as(what).isCloseTo(expected.asDouble(), within(TOLERANCE));
        }
    }
}
