package io.glip4j.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another program with the same task, which runs a pass whenever it is asked and says how long that took. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    private Peer(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code script} with the Python of the environment variable PYTHON, else {@code python3}. */
    static Peer start(Path script, Input input) throws IOException {
        String python = System.getenv().getOrDefault("PYTHON", "python3");
        List<String> command = List.of(
                python,
                script.toString(),
                Long.toString(input.height()),
                Long.toString(input.width()),
                Integer.toString(input.tokens()),
                Integer.toString(input.threads()));
        Peer peer = new Peer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        peer.line(); // ready
        return peer;
    }

    /** Seconds of one pass. */
    double pass() throws IOException {
        requests.write("pass\n");
        requests.flush();
        return Double.parseDouble(line());
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
