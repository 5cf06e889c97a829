package io.glip4j.verify;

import java.util.List;

/**
 * What came of one recorded case.
 *
 * @param name the case's folder
 * @param results stage by stage, in the order of the data's way
 */
public record CaseReport(String name, List<StageResult> results) {
    public CaseReport {
        results = List.copyOf(results);
    }

    /** True where there was something to compare and all of it passed. */
    public boolean passed() {
        return !results.isEmpty() && failures().isEmpty();
    }

    public List<StageResult> failures() {
        return results.stream().filter(result -> !result.passed()).toList();
    }
}
