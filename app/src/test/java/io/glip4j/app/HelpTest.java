package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelpTest {
    static Set<String> commands() {
        return Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
                .getSubcommands()
                .keySet();
    }

    /** Also what the library for command lines says past the writers it was given. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelpsAndComplainsOfNothing(String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ByteArrayOutputStream past = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(past, true, StandardCharsets.UTF_8));
        try {
            int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                    .execute(command, "--help");
            assertThat(code).isZero();
        } finally {
            System.setErr(usual);
        }
        assertThat(out.toString()).contains("Usage: glip");
        assertThat(err + past.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
