package io.glip4j.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another program with the same task, which runs a pass whenever it is asked and says how long that took. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;
    private String greeting = "";

    private Peer(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code script} with the Python of the environment variable PYTHON, else {@code python3}. */
    static Peer start(Path script, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getenv().getOrDefault("PYTHON", "python3"));
        command.add(script.toString());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Peer peer = new Peer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        peer.greeting = peer.line();
        return peer;
    }

    /** What it said when it was ready. */
    String greeting() {
        return greeting;
    }

    /** Seconds of one pass, by part where the peer tells parts. */
    double[] pass() throws IOException {
        requests.write("pass\n");
        requests.flush();
        return Arrays.stream(line().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("wanted an answer of the peer, got its end; PYTHON must have its packages");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
