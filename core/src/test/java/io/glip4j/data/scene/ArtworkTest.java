package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Icon sets come from outside: what must not be read is reported and left out, and nothing else suffers. */
final class ArtworkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOG = "1f415";
    private static final String CAT = "1f408";
    private static final String SQUARE = "<path fill=\"#f00\" d=\"M2 2h12v12H2z\"/>";

    @TempDir
    Path folder;

    @Test
    void sameThingsOfSeveralStylesAreFoundByCodePoint() {
        Artwork artwork = SceneFixture.ARTWORK;
        assertThat(artwork.styles()).containsExactly("noto", "fluent-emoji-flat");
        assertThat(artwork.problems()).isEmpty();
        Map<String, List<Icon>> dog = ofNoun(artwork, "dog");
        assertThat(dog).containsOnlyKeys("noto", "fluent-emoji-flat");
        assertThat(dog.getOrDefault("noto", List.of())).hasSize(2); // its face and the whole animal
        dog.values()
                .forEach(icons ->
                        icons.forEach(icon -> assertThat(icon.sprite(100)).isPresent()));
    }

    private static Map<String, List<Icon>> ofNoun(Artwork artwork, String name) {
        return artwork.icons().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Map.of());
    }

    static Stream<Arguments> hostile() {
        String deep = "<g>".repeat(40) + SQUARE + "</g>".repeat(40);
        StringBuilder bomb = new StringBuilder("<defs><g id=\"a0\">" + SQUARE + "</g>");
        for (int i = 1; i < 12; i++) {
            bomb.append("<g id=\"a" + i + "\">" + ("<use href=\"#a" + (i - 1) + "\"/>").repeat(10) + "</g>");
        }
        bomb.append("</defs><use href=\"#a11\"/>");
        return Stream.of(
                Arguments.of("<path d=\"M2 2h12", "no well-formed XML"),
                Arguments.of(SQUARE + "</svg><svg>", "no well-formed XML"),
                Arguments.of("<!DOCTYPE svg [<!ENTITY a \"b\">]>" + SQUARE, "no well-formed XML"),
                Arguments.of("<path fill=\"&lol;\" d=\"M2 2h12v12H2z\"/>", "no well-formed XML"),
                Arguments.of("<image href=\"http://127.0.0.1/a.png\" width=\"9\" height=\"9\"/>", "href"),
                Arguments.of("<image href=\"data:image/png;base64,AAAA\"/>", "href"),
                Arguments.of("<image width=\"9\" height=\"9\"/>", "<image>"),
                Arguments.of("<use href=\"file:///etc/passwd#a\"/>", "href"),
                Arguments.of("<use xlink:href=\"../other.svg#a\"/>", "href"),
                Arguments.of("<path fill=\"url(http://127.0.0.1/a.svg#b)\" d=\"M2 2h12v12H2z\"/>", "fill"),
                Arguments.of("<path style=\"fill:url(http://127.0.0.1/)\" d=\"M2 2h12v12H2z\"/>", "style"),
                Arguments.of("<style>@import 'http://127.0.0.1/a.css';</style>", "<style>"),
                Arguments.of("<script>alert(1)</script>", "<script>"),
                Arguments.of("<foreignObject/>", "<foreignObject>"),
                Arguments.of("<filter id=\"f\"/>", "<filter>"),
                Arguments.of("<path stroke-dasharray=\".0001\" stroke=\"red\" d=\"M0 0h1e9\"/>", "stroke-dasharray"),
                Arguments.of(deep, "levels"),
                Arguments.of(bomb.toString(), "copies"),
                Arguments.of("<g id=\"a\"><use href=\"#a\"/></g>", "copies"),
                Arguments.of("<path d=\"" + "M1 1h1".repeat(20_000) + "\"/>", "characters"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileIconsAreReportedAndLeftOut(String body, String fault) throws IOException {
        write(Map.of(DOG, "dog", CAT, "cat"), Map.of("dog", body, "cat", SQUARE));
        Artwork artwork = Artwork.read(List.of(folder));
        assertThat(ofNoun(artwork, "dog")).isEmpty();
        assertThat(ofNoun(artwork, "cat")).hasSize(1);
        assertThat(artwork.problems())
                .singleElement()
                .asString()
                .contains("icons.json: icon 'dog' left out", fault)
                .hasSizeLessThan(400);
    }

    @Test
    void nothingIsLoadedFromOutsideEvenByTheRenderer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(300);
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/a";
            String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\">"
                    + "<image href=\"" + address + ".png\" width=\"16\" height=\"16\"/><use href=\"" + address
                    + ".svg#b\"/><style>@import '" + address + ".css';</style>" + SQUARE + "</svg>";
            assertThat(new Icon("spy", "test", svg).sprite(50)).isPresent();
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whatCannotBeDrawnIsNotShown() throws IOException {
        write(Map.of(DOG, "dog", CAT, "cat"), Map.of("dog", "<path d=\"nonsense\"/>", "cat", SQUARE, "gone", SQUARE));
        Artwork artwork = Artwork.read(List.of(folder));
        assertThat(ofNoun(artwork, "dog").getOrDefault("test", List.of()).get(0).sprite(50))
                .isEmpty();
        SceneMaker maker = new SceneMaker(artwork, SceneConfig.of(1, 1).withSides(64, 64));
        for (int i = 0; i < 5; i++) {
            assertThat(maker.scene(i).objects())
                    .isNotEmpty()
                    .allMatch(object -> object.name().equals("cat"));
        }
    }

    @Test
    void anIconThatIsNamedButNotThereIsReported() throws IOException {
        write(Map.of(DOG, "dog", CAT, "cat"), Map.of("cat", SQUARE));
        assertThat(Artwork.read(List.of(folder)).problems())
                .singleElement()
                .asString()
                .contains("no icon 'dog', which chars.json names");
    }

    @Test
    void aSetWithoutCodePointsIsReadByTheNamesOfThoseBefore() throws IOException {
        Path named = Files.createDirectory(folder.resolve("named"));
        Path nameless = Files.createDirectory(folder.resolve("nameless"));
        write(named, "named", Map.of(DOG, "dog", CAT, "cat"), Map.of("dog", SQUARE, "cat", SQUARE));
        write(nameless, "nameless", Map.of(), Map.of("dog", SQUARE, "no-such-thing", SQUARE));
        Artwork artwork = Artwork.read(List.of(named, nameless));
        assertThat(ofNoun(artwork, "dog")).containsOnlyKeys("named", "nameless");
        assertThat(ofNoun(artwork, "cat")).containsOnlyKeys("named");
        assertThat(artwork.problems()).isEmpty();
        assertThat(Artwork.read(List.of(nameless)).icons()).isEmpty();
    }

    @Test
    void aFolderThatIsNoIconSetIsRefusedWithWhatIsWanted() throws IOException {
        assertRefused("chars.json", "as the npm package @iconify-json/noto unpacks");
        Files.writeString(folder.resolve("chars.json"), "[1, 2]");
        assertRefused("chars.json", "an object of code points");
        Files.writeString(folder.resolve("chars.json"), "{\"" + DOG + "\": \"dog\"");
        assertRefused("chars.json", "readable JSON");
        Files.writeString(folder.resolve("chars.json"), "{}");
        Files.writeString(folder.resolve("icons.json"), "{\"icons\": {}}");
        assertRefused("icons.json", "'prefix'");
        Files.writeString(folder.resolve("icons.json"), "{\"prefix\": \"a\", \"icons\": [" + "[".repeat(100_000));
        assertRefused("icons.json", "an object of icons");
        assertThatThrownBy(() -> Artwork.read(List.of()))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted folders of icon sets");
    }

    private void assertRefused(String file, String wanted) {
        assertThatThrownBy(() -> Artwork.read(List.of(folder)))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE))
                .hasMessageContaining(file)
                .hasMessageContaining(wanted);
    }

    private void write(Map<String, String> chars, Map<String, String> bodies) throws IOException {
        write(folder, "test", chars, bodies);
    }

    private static void write(Path folder, String style, Map<String, String> chars, Map<String, String> bodies)
            throws IOException {
        JSON.writeValue(folder.resolve("chars.json").toFile(), chars);
        ObjectNode set =
                JSON.createObjectNode().put("prefix", style).put("width", 16).put("height", 16);
        ObjectNode icons = set.putObject("icons");
        bodies.forEach((name, body) -> icons.putObject(name).put("body", body));
        JSON.writeValue(folder.resolve("icons.json").toFile(), set);
    }
}
