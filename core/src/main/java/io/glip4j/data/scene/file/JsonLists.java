package io.glip4j.data.scene.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.torch.checkpoint.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object of lists, which grow side by side as text and are then written one after the other. */
final class JsonLists {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ByteArrayOutputStream> lists = new LinkedHashMap<>();

    /** @param names of the lists, in the order they are written */
    JsonLists(String... names) {
        for (String name : names) {
            lists.put(name, new ByteArrayOutputStream());
        }
    }

    /** Appends what Jackson makes of a record or map. */
    JsonLists add(String list, Object item) {
        ByteArrayOutputStream text = lists.get(list);
        if (text == null) {
            throw new IllegalArgumentException("wanted one of the lists " + lists.keySet() + ", got " + list);
        }
        text.writeBytes(ascii(text.size() == 0 ? "\n" : ",\n"));
        try {
            text.writeBytes(JSON.writeValueAsBytes(item));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The object with all lists. */
    void write(Path file) {
        write(file, out -> {
            String before = "{";
            for (Map.Entry<String, ByteArrayOutputStream> list : lists.entrySet()) {
                out.write(ascii(before + "\"" + list.getKey() + "\": ["));
                list.getValue().writeTo(out);
                before = "\n], ";
            }
            out.write(ascii("\n]}\n"));
        });
    }

    /** One list by itself. */
    void writeList(String name, Path file) {
        write(file, out -> {
            out.write('[');
            lists.getOrDefault(name, new ByteArrayOutputStream()).writeTo(out);
            out.write(ascii("\n]\n"));
        });
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(Path file, Content content) {
        AtomicFile.write(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
        });
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
