package io.glip4j.eval.caption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SPICE with the original parser, run in a Java of its own from a folder that the user gives: its jar, and in
 * {@code lib} the jars it needs (Stanford CoreNLP 3.6.0 with models, and the JavaScript engine and JAXB that
 * Java no longer has).
 */
public final class Spice {
    private static final String JAR = "spice-1.0.jar";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    /**
     * Names the folder.
     *
     * @throws GlipException {@code UNREADABLE_FILE} if SPICE's jar is not there
     */
    public Spice(Path folder) {
        this.folder = folder;
        if (!Files.isRegularFile(folder.resolve(JAR))) {
            throw failed("no " + JAR + " (pycocoevalcap has it)");
        }
    }

    /**
     * Parses and scores all captions; takes seconds to load and much memory. The corpus number is the mean, NaN if that
     * of a caption is.
     *
     * @throws GlipException {@code UNREADABLE_FILE} if the parser fails, with its last words
     */
    public MetricScores score(List<Caption> captions) {
        try {
            Path input = Files.createTempFile("spice", ".json");
            Path output = Files.createTempFile("spice", ".out.json");
            Path log = Files.createTempFile("spice", ".log");
            try {
                MAPPER.writeValue(input.toFile(), input(captions));
                run(input, output, log);
                return read(captions, MAPPER.readTree(output.toFile()));
            } finally {
                Files.deleteIfExists(input);
                Files.deleteIfExists(output);
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, folder + ": wanted a SPICE that runs, got " + e, e);
        }
    }

    private static ArrayNode input(List<Caption> captions) {
        ArrayNode input = MAPPER.createArrayNode();
        for (Caption caption : captions) {
            ObjectNode item = input.addObject();
            item.put("image_id", caption.imageId());
            item.put("test", caption.result());
            caption.references().forEach(item.putArray("refs")::add);
        }
        return input;
    }

    private void run(Path input, Path output, Path log) throws IOException {
        Path home = folder.toAbsolutePath();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx8g",
                "-Dfile.encoding=UTF-8",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home.resolve(JAR) + File.pathSeparator + home.resolve("lib") + File.separator + "*",
                "edu.anu.spice.SpiceScorer",
                input.toString(),
                "-out",
                output.toString(),
                "-silent");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int exit = process.waitFor();
            if (exit != 0 || Files.size(output) == 0) {
                throw failed("exit code " + exit + ": " + lastWords(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("an interruption");
        } finally {
            process.destroy();
        }
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String last = lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
        return lines.stream()
                .filter(line -> line.startsWith("Caused by") || line.contains("Exception"))
                .reduce((before, after) -> after)
                .orElse(last);
    }

    private MetricScores read(List<Caption> captions, JsonNode output) {
        Map<String, Double> scores = new HashMap<>();
        for (JsonNode item : output) {
            JsonNode f = item.path("scores").path("All").path("f");
            scores.put(item.path("image_id").asText(), f.isNumber() ? f.asDouble() : Double.NaN);
        }
        List<Double> each = new ArrayList<>();
        for (Caption caption : captions) {
            Double score = scores.get(caption.imageId());
            if (score == null) {
                throw failed("no score for picture " + caption.imageId());
            }
            each.add(score);
        }
        return MetricScores.mean(each);
    }

    private GlipException failed(String got) {
        return new GlipException(ErrorCode.UNREADABLE_FILE, folder + ": wanted a SPICE that runs, got " + got);
    }
}
