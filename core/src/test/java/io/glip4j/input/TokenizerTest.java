package io.glip4j.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.Goldens;
import io.glip4j.model.TextBatch;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {
    private static final int MAX_TOKENS = 256;
    private static final Tokenizer BERT = Tokenizer.bert();
    private static final Tokenizer CLIP = Tokenizer.clip();

    @AfterAll
    static void close() {
        BERT.close();
        CLIP.close();
    }

    record Case(String caption, List<List<Span>> phrases, String tokenizer, JsonNode expected) {
        @Override
        public String toString() {
            return tokenizer + " " + caption.substring(0, Math.min(30, caption.length()));
        }
    }

    static Stream<Case> captions() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path folder : Goldens.folders("text")) {
            for (JsonNode row :
                    new ObjectMapper().readTree(folder.resolve("captions.json").toFile())) {
                List<List<Span>> phrases = stream(row.required("spans_code_points"))
                        .map(parts -> stream(parts)
                                .map(part -> new Span(
                                        part.get(0).asInt(), part.get(1).asInt()))
                                .toList())
                        .toList();
                for (String name : List.of("bert", "clip")) {
                    cases.add(new Case(row.required("caption").asText(), phrases, name, row.required(name)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("captions")
    void givesTheRecordedTokensAndPositions(Case golden) {
        Tokenizer tokenizer = golden.tokenizer().equals("bert") ? BERT : CLIP;
        TokenizedText text = tokenizer.encode(golden.caption(), MAX_TOKENS);
        assertThat(text.ids()).isEqualTo(ints(golden.expected().required("input_ids")));
        List<List<Integer>> positions =
                golden.phrases().stream().map(text::positions).toList();
        assertThat(positions)
                .isEqualTo(stream(golden.expected().required("phrase_tokens"))
                        .map(TokenizerTest::ints)
                        .toList());
    }

    @Test
    void truncatesToAnyLengthKeepingTheEnd() {
        String text = "one two three four five";
        int end = BERT.encode(text).ids().get(BERT.encode(text).size() - 1);
        for (int most = 3; most < 10; most++) {
            TokenizedText cut = BERT.encode(text, most);
            assertThat(cut.size()).isEqualTo(Math.min(most, 7));
            assertThat(cut.ids()).endsWith(end);
        }
        assertThat(BERT.count(text)).isEqualTo(5);
        assertThatExceptionOfType(GlipException.class).isThrownBy(() -> BERT.encode(text, 2));
    }

    @Test
    void survivesTextThatIsNoUnicode() {
        String text = "a \uD83D dog\u0000 and \uDC36\uD83D a cat";
        TokenizedText tokens = BERT.encode(text);
        int dog = text.indexOf("dog");
        assertThat(tokens.positions(List.of(new Span(dog, dog + 3)))).hasSize(1);
        int cat = text.indexOf("cat");
        assertThat(tokens.positions(List.of(new Span(cat, cat + 3)))).hasSize(1);
    }

    @Test
    void padsABatchBehindTheMask() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            TextBatch batch = Tokenizer.batch(List.of(BERT.encode("dog"), BERT.encode("a traffic light")));
            assertThat(Tensors.toLongs(batch.tokenIds()))
                    .containsExactly(101, 3899, 102, 0, 0, 101, 1037, 4026, 2422, 102);
            assertThat(Tensors.toLongs(batch.attentionMask())).containsExactly(1, 1, 1, 0, 0, 1, 1, 1, 1, 1);
            assertThat(Tensors.shape(batch.tokenIds())).containsExactly(2, 5);
        }
    }

    @Test
    void ignoresLimitsInTheDefinition() {
        String json = new String(BERT.definition(), StandardCharsets.UTF_8);
        String limited = json.replaceFirst(
                "\"truncation\": ?null",
                "\"truncation\":{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}");
        assertThat(limited).isNotEqualTo(json);
        try (Tokenizer tokenizer = Tokenizer.of(limited.getBytes(StandardCharsets.UTF_8), "limited")) {
            assertThat(tokenizer.encode("one two three four five").size()).isEqualTo(7);
        }
    }

    @Test
    void saysWhichDefinitionIsUnusable() {
        for (String bad : List.of("", "[]", "{}", "{\"model\": 7}", "{\"model\": {\"type\": \"WordPiece\"")) {
            assertThatExceptionOfType(GlipException.class)
                    .as(bad)
                    .isThrownBy(() -> Tokenizer.of(bad.getBytes(StandardCharsets.UTF_8), "my.json"))
                    .withMessageStartingWith("my.json: wanted a tokenizer.json")
                    .matches(e -> e.code() == ErrorCode.UNREADABLE_FILE);
        }
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> Tokenizer.read(Path.of("missing/tokenizer.json")))
                .matches(e -> e.code() == ErrorCode.UNREADABLE_FILE);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<Integer> ints(JsonNode array) {
        return stream(array).map(JsonNode::asInt).toList();
    }
}
