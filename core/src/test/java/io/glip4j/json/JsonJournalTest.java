package io.glip4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonJournalTest {
    private static final JsonNode HEADER = new ObjectMapper().createObjectNode().put("work", "A");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeTwoLines() {
        file = folder.resolve("made").resolve("journal.jsonl");
        try (JsonJournal journal = JsonJournal.open(file, HEADER)) {
            journal.add(new IntNode(1));
            journal.add(new TextNode("zwölf"));
        }
    }

    private static List<String> lines(JsonJournal journal) throws IOException {
        List<String> lines = new ArrayList<>();
        journal.forEach(line -> lines.add(line.toString()));
        return lines;
    }

    @Test
    void goesOnBehindWhatIsThere() throws IOException {
        try (JsonJournal journal = JsonJournal.open(file, HEADER)) {
            assertThat(journal.size()).isEqualTo(2);
            journal.add(new IntNode(3));

            assertThat(lines(journal)).containsExactly("1", "\"zwölf\"", "3");
        }
    }

    @Test
    void forgetsALineThatBrokeOff() throws IOException {
        Files.writeString(file, "{\"half", StandardOpenOption.APPEND);

        try (JsonJournal journal = JsonJournal.open(file, HEADER)) {
            assertThat(journal.size()).isEqualTo(2);
            journal.add(new IntNode(3));
            assertThat(lines(journal)).containsExactly("1", "\"zwölf\"", "3");
        }
    }

    @Test
    void refusesTheJournalOfOtherWork() {
        JsonNode other = new ObjectMapper().createObjectNode().put("work", "B");

        assertThatThrownBy(() -> JsonJournal.open(file, other))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("journal.jsonl")
                .hasMessageContaining("{\"work\":\"A\"}");
    }

    @Test
    void namesALineThatIsNotJson() throws IOException {
        Files.writeString(file, "what\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> JsonJournal.open(file, HEADER)).hasMessageContaining("line 4");
    }
}
