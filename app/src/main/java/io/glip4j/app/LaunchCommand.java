package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip launch}: one command as several processes of this machine that train together. */
@Command(
        name = "launch",
        description = {
            "Run a command as several processes that train together on this machine.",
            "On many machines start the command itself on each, with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LaunchCommand implements Callable<Integer> {
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final long POLL_MILLIS = 200;
    private static final long GRACE_SECONDS = 60;

    @Option(names = "--ranks", required = true, paramLabel = "N", description = "processes")
    private int ranks;

    @Option(
            names = "--rank-threads",
            paramLabel = "N",
            description = "threads of each (default: this machine's cores shared out)")
    private int threads = 0;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "train and its options")
    private List<String> command = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ranks < 1 || threads < 0) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted --ranks of at least 1 and no negative --rank-threads, got " + ranks + " and " + threads);
        }
        List<Process> processes = new ArrayList<>();
        Thread ender = new Thread(() -> processes.forEach(Process::destroy));
        Runtime.getRuntime().addShutdownHook(ender);
        try {
            int port = freePort();
            for (int rank = 0; rank < ranks; rank++) {
                processes.add(start(rank, port));
            }
            return waitFor(processes);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(int rank, int port) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "RANK", Integer.toString(rank),
                        "WORLD_SIZE", Integer.toString(ranks),
                        "MASTER_ADDR", THIS_MACHINE,
                        "MASTER_PORT", Integer.toString(port),
                        "OMP_NUM_THREADS", Integer.toString(threadsOfEach()),
                        "OMP_WAIT_POLICY", "passive"));
        return builder.start();
    }

    /** More threads than cores in all make every rank wait for the others at each operator. */
    private int threadsOfEach() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / ranks);
    }

    /** The first failure's code, or 0; after a failure the others get a minute to say what they saw. */
    private int waitFor(List<Process> processes) throws InterruptedException {
        while (processes.stream().anyMatch(Process::isAlive)) {
            for (int rank = 0; rank < processes.size(); rank++) {
                Process process = processes.get(rank);
                if (!process.isAlive() && process.exitValue() != 0) {
                    spec.commandLine()
                            .getErr()
                            .println("glip: rank " + rank + " ended with code " + process.exitValue()
                                    + "; the others are ended too, and the same command goes on from the last"
                                    + " checkpoint");
                    endAll(processes);
                    return process.exitValue();
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
        return processes.stream().mapToInt(Process::exitValue).max().orElse(0);
    }

    private static void endAll(List<Process> processes) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        while (processes.stream().anyMatch(Process::isAlive) && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
    }
}
