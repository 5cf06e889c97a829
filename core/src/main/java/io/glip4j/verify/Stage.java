package io.glip4j.verify;

import java.util.List;

/** Compares one part of the network with what was recorded of it; says nothing where nothing was recorded. */
@FunctionalInterface
public interface Stage {
    List<StageResult> check(CaseRun run);
}
