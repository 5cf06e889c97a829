package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code glip}: parses the command line, runs one command, and turns failures into a line and an exit code. */
@Command(
        name = "glip",
        description = "Finds, in a photograph, what words name.",
        mixinStandardHelpOptions = true,
        version = "glip4j 0.1.0",
        subcommands = {
            CommandLine.HelpCommand.class,
            GroundCommand.class,
            SegmentCommand.class,
            AnswerCommand.class,
            DescribeCommand.class,
            TrainCommand.class,
            TuneCommand.class,
            EvalCommand.class,
            CalibrateCommand.class,
            ScoreCommand.class,
            FewShotCommand.class,
            PseudoLabelCommand.class,
            AlignWordsCommand.class,
            ScenesCommand.class,
            NarrateCommand.class,
            ConvertCommand.class,
            VerifyCommand.class
        })
public final class Main implements Callable<Integer> {
    private static final int OUR_FAULT = 1;
    private static final int CALLERS_FAULT = 2;

    private Main() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }

    /** Exit codes: 0 done, 1 glip4j's fault or a failed check, 2 the caller's. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine launch = new CommandLine(new LaunchCommand());
        launch.setStopAtPositional(true); // what follows is the other command's
        return new CommandLine(new Main())
                .addSubcommand(launch)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure, commandLine));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return CALLERS_FAULT;
    }

    private static int report(Exception failure, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof GlipException known) {
            err.println("glip: " + known.getMessage());
            return known.code().callersFault() ? CALLERS_FAULT : OUR_FAULT;
        }
        err.println("glip: " + ErrorCode.INTERNAL + ": " + failure);
        failure.printStackTrace(err);
        return OUR_FAULT;
    }
}
