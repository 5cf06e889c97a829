package io.glip4j.app;

import io.glip4j.torch.Form;
import io.glip4j.verify.CaseReport;
import io.glip4j.verify.CaseVerifier;
import io.glip4j.verify.StageResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip verify}: recorded cases of the public network through this one. */
@Command(
        name = "verify",
        description = "Run recorded cases (checkpoint, inputs, expected tensors) and compare stage by stage.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Parameters(paramLabel = "CASE_DIR", arity = "1..*", description = "folders with model, case.json and expectations")
    private List<Path> cases = List.of();

    @Option(names = "--form", defaultValue = "PLAIN", description = "${COMPLETION-CANDIDATES} (default: PLAIN)")
    private Form form = Form.PLAIN;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CaseVerifier verifier = CaseVerifier.of(form);
        boolean passed = true;
        for (Path folder : cases) {
            CaseReport report = verifier.verify(folder);
            out.println(report.name());
            for (StageResult stage : report.results()) {
                out.println(String.format(
                        Locale.ROOT,
                        "  %-4s  %-40s  error %.2e  of at most %.0e",
                        stage.passed() ? "pass" : "FAIL",
                        stage.stage(),
                        stage.error(),
                        stage.tolerance()));
            }
            passed &= report.passed();
            out.flush();
        }
        out.println(passed ? cases.size() + " cases passed" : "FAILED");
        return passed ? 0 : FAILED;
    }
}
