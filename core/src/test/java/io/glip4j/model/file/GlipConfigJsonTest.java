package io.glip4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlipConfigJsonTest {
    private static final String TINY = GlipConfigJson.write(GlipConfig.preset("tiny"));

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "large", "nano"})
    void presetsComeBack(String name) {
        GlipConfig preset = GlipConfig.preset(name);
        assertThat(GlipConfigJson.read("test", GlipConfigJson.write(preset))).isEqualTo(preset);
    }

    @Test
    void headsAndClipComeBack() {
        GlipConfig tiny = GlipConfig.preset("tiny");
        GlipConfig config = new GlipConfig(
                "mine",
                tiny.image(),
                tiny.imageEncoder(),
                new ClipTextConfig(49_408, 512, 12, 8, 256),
                tiny.fusion(),
                tiny.postProcess(),
                Set.of(Head.MASKED_WORDS, Head.MASK));
        assertThat(GlipConfigJson.read("test", GlipConfigJson.write(config))).isEqualTo(config);
        assertThat(GlipConfigJson.write(config)).contains("\"heads\":[\"MASK\",\"MASKED_WORDS\"]");
    }

    @Test
    void answersComeBackAndAreLeftOutWhereThereAreNone() {
        GlipConfig config = GlipConfig.preset("tiny").withAnswers(new AnswerVocabulary(List.of("yes", "no")));
        String json = GlipConfigJson.write(config);
        assertThat(json).contains("\"answers\":[\"yes\",\"no\"]").contains("ANSWERS");
        assertThat(GlipConfigJson.read("test", json)).isEqualTo(config);
        assertThat(TINY).doesNotContain("answers"); // as files are that are older than answers
        assertThatThrownBy(() -> GlipConfigJson.read("test", json.replace("[\"yes\",\"no\"]", "[]")))
                .hasMessageContaining("a list of answers with the head ANSWERS");
        assertThatThrownBy(() -> GlipConfigJson.read("test", json.replace("\"no\"", "\"yes\"")))
                .hasMessageContaining("each answer once");
        assertThatThrownBy(() -> GlipConfigJson.read("test", json.replace("\"no\"", "\" \"")))
                .hasMessageContaining("answers of 1 to 200 characters");
    }

    @Test
    void readingBlocksComeBackAndAreLeftOutWhereThereAreNone() {
        GlipConfig speaking = GlipConfig.preset("nano").withAnswers(new AnswerVocabulary(List.of("yes", "no")));
        String json = GlipConfigJson.write(speaking);
        assertThat(json).contains("\"readingBlocks\":2");
        assertThat(GlipConfigJson.read("test", json)).isEqualTo(speaking);
        assertThat(TINY).doesNotContain("readingBlocks");
        assertThat(GlipConfig.preset("tiny").withAlso(Set.of(Head.NEXT_WORD)).readingBlocks())
                .isZero();
        String silent = GlipConfigJson.write(GlipConfig.preset("nano"));
        assertThatThrownBy(() -> GlipConfigJson.read("test", silent.replaceFirst("\\{", "{\"readingBlocks\":2,")))
                .hasMessageContaining("readingBlocks with the heads ANSWERS or NEXT_WORD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "an unknown field|\"fusion\":{|\"fusion\":{\"novel\":1,|at fusion.novel",
                "a missing number|\"blocks\":6,||blocks",
                "a missing record|\"image\":{\"shorterSide\":800,\"longerSide\":1333,\"divisor\":32},||image",
                "null|\"version\":\"V1\"|\"version\":null|version",
                "another encoder|\"type\":\"swin\"|\"type\":\"vit\"|vit",
                "a wrong value|\"blocks\":6|\"blocks\":-6|wanted blocks above 0, got -6",
                "half a number|\"blocks\":6|\"blocks\":6.5|blocks",
                "an unfinished text|\"heads\":[]}|\"heads\":[]|no whole JSON",
            })
    void whatDoesNotFitIsNamed(String kind, String good, String bad, String named) {
        String json = TINY.replace(good, bad == null ? "" : bad);
        assertThat(json).as(kind).isNotEqualTo(TINY);
        assertThatThrownBy(() -> GlipConfigJson.read("my.safetensors", json))
                .as(kind)
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining("my.safetensors")
                .hasMessageContaining(named);
    }
}
