package io.glip4j.data.scene;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the icons of some code points from an icon set as iconify packs it: {@code icons.json} has the drawings by name,
 * {@code chars.json} the name of each code point; where that is empty, the names are those of sets read before. Hyphens
 * make no difference between names. Drawings that {@link SvgGuard} refuses are reported and left out.
 */
final class IconSetReader {
    private static final String ICONS = "icons.json";
    private static final String CHARS = "chars.json";
    private static final long MOST_BYTES = 128L << 20;
    private static final int DEFAULT_SIDE = 16;
    private static final int MOST_SIDE = 4096;
    /** Variation selectors and skin tones: the same thing, drawn in another way. */
    private static final Pattern VARIANTS = Pattern.compile("-?(fe0f|1f3f[b-f])(?=-|$)");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Consumer<String> report;
    private final Map<String, JsonNode> drawings = new HashMap<>();
    private final ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    private final Map<String, JsonNode> aliases = new HashMap<>();

    private IconSetReader(Path folder, Consumer<String> report) {
        this.folder = folder;
        this.report = report;
    }

    /**
     * The icons of those {@code codes} that the set has, by code point and then by name, so that the order is fixed.
     *
     * @param known code points by the names of sets read before; gets this set's
     */
    static Map<String, List<Icon>> read(
            Path folder, Set<String> codes, Map<String, String> known, Consumer<String> report) {
        return new IconSetReader(folder, report).read(codes, known);
    }

    private Map<String, List<Icon>> read(Set<String> codes, Map<String, String> known) {
        Map<String, String> named = named(codes);
        Map<String, String> codeOfName = new TreeMap<>(named.isEmpty() ? known : named);
        readIcons(codeOfName.keySet());
        if (named.isEmpty()) {
            codeOfName.keySet().retainAll(drawings.keySet());
        }
        named.forEach(known::putIfAbsent);
        String style = defaults.path("prefix").asText("");
        if (style.isEmpty()) {
            throw wanted(ICONS, "an icon set of iconify with 'prefix' and 'icons'", "other JSON");
        }
        Map<String, List<Icon>> icons = new HashMap<>();
        codeOfName.forEach((name, code) -> icon(name, style)
                .ifPresent(icon ->
                        icons.computeIfAbsent(code, key -> new ArrayList<>()).add(icon)));
        return icons;
    }

    /** Code points by the names that {@code chars.json} gives. */
    private Map<String, String> named(Set<String> codes) {
        Map<String, String> codeOfName = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : chars().properties()) {
            String code = VARIANTS.matcher(entry.getKey()).replaceAll("");
            if (codes.contains(code)) {
                codeOfName.put(plain(entry.getValue().asText()), code);
            }
        }
        return codeOfName;
    }

    private static String plain(String name) {
        return name.replace("-", "");
    }

    private JsonNode chars() {
        try (JsonParser parser = open(CHARS)) {
            JsonNode chars = JSON.readTree(parser);
            if (chars != null && chars.isObject()) {
                return chars;
            }
        } catch (IOException e) {
            throw unreadable(CHARS, e);
        }
        throw wanted(CHARS, "an object of code points and icon names", "other JSON");
    }

    /** Icon by icon, as the file is large and few of its icons are wanted. */
    private void readIcons(Set<String> names) {
        try (JsonParser parser = open(ICONS)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wanted(ICONS, "an icon set of iconify with 'prefix' and 'icons'", "other JSON");
            }
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "icons" -> entries(parser, names, drawings);
                    case "aliases" -> entries(parser, names, aliases);
                    case "prefix", "width", "height", "left", "top" -> defaults.set(field, JSON.readTree(parser));
                    default -> {
                        if (value.isStructStart()) {
                            parser.skipChildren();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(ICONS, e);
        }
    }

    private void entries(JsonParser parser, Set<String> names, Map<String, JsonNode> into) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wanted(ICONS, "an object of icons by name", "other JSON");
        }
        Set<String> seen = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            JsonNode entry = JSON.readTree(parser);
            String plain = plain(name);
            if (names.contains(plain) && seen.add(plain)) {
                into.put(plain, entry);
            }
        }
    }

    private Optional<Icon> icon(String name, String style) {
        JsonNode drawing = drawings.get(name);
        if (drawing == null) {
            if (!aliases.containsKey(name)) {
                report.accept(folder.resolve(ICONS) + ": no icon '" + name + "', which " + CHARS + " names");
            }
            return Optional.empty(); // an alias is another icon's drawing, which is read by its own name
        }
        String svg = svg(drawing.path("body").asText(""), drawing);
        Optional<String> fault = drawing.path("body").isTextual() ? SvgGuard.fault(svg) : Optional.of("no 'body'");
        if (fault.isPresent()) {
            report.accept(
                    folder.resolve(ICONS) + ": icon '" + name + "' left out: wanted plain shapes, got " + fault.get());
            return Optional.empty();
        }
        return Optional.of(new Icon(name, style, svg));
    }

    private String svg(String body, JsonNode icon) {
        int width = number("width", icon, DEFAULT_SIDE);
        int height = number("height", icon, DEFAULT_SIDE);
        String box = number("left", icon, 0) + " " + number("top", icon, 0) + " " + width + " " + height;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" + width
                + "\" height=\"" + height + "\" viewBox=\"" + box + "\">" + body + "</svg>";
    }

    private int number(String field, JsonNode icon, int otherwise) {
        int value = icon.path(field).asInt(defaults.path(field).asInt(otherwise));
        return Math.max(otherwise == 0 ? -MOST_SIDE : 1, Math.min(MOST_SIDE, value));
    }

    private JsonParser open(String file) {
        Path path = folder.resolve(file);
        try {
            if (!Files.isRegularFile(path)) {
                throw wanted(
                        file, "it in an icon set's folder, as the npm package @iconify-json/noto unpacks", "no file");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw wanted(file, "at most " + MOST_BYTES + " bytes", Files.size(path) + " bytes");
            }
            return JSON.getFactory().createParser(path.toFile());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private GlipException wanted(String file, String wanted, String got) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE,
                folder.resolve(file) + ": wanted " + wanted + ", got " + got + "; name the folder of such a set");
    }

    private GlipException unreadable(String file, IOException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new GlipException(
                ErrorCode.UNREADABLE_FILE,
                folder.resolve(file) + ": wanted readable JSON, got an error: " + message + "; unpack the set anew",
                e);
    }
}
