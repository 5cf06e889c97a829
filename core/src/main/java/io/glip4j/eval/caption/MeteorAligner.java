package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the matches of all modules so that no word is used twice, most words are matched and the matched words
 * fall into few chunks: a search from left to right over the reference that keeps the 40 best.
 *
 * <p>As in the official tool a match that is not exact counts half a word, cut to whole numbers at every step, and the
 * distance of a new match is charged to the path it was taken from.
 */
final class MeteorAligner {
    private static final int BEAM = 40;
    private static final double EXACT = 1;
    private static final double INEXACT = 0.5;
    private static final int NO_MATCH = -1;

    private final List<List<MeteorMatch>> matches = new ArrayList<>();
    private final int[] captionCoverage;
    private final int[] referenceCoverage;

    private MeteorAligner(List<String> caption, List<String> reference, List<MeteorModule> modules) {
        captionCoverage = new int[caption.size()];
        referenceCoverage = new int[reference.size()];
        reference.forEach(word -> matches.add(new ArrayList<>()));
        Consumer<MeteorMatch> found = match -> {
            matches.get(match.start()).add(match);
            for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                captionCoverage[i]++;
            }
            for (int j = match.start(); j < match.end(); j++) {
                referenceCoverage[j]++;
            }
        };
        int used = caption.equals(reference) ? 1 : modules.size();
        for (int module = 0; module < used; module++) {
            modules.get(module).find(module, caption, reference, found);
        }
    }

    /** The chosen matches by falling place in the reference, and the number of chunks they form. */
    record Alignment(List<MeteorMatch> matches, int chunks) {}

    static Alignment align(List<String> caption, List<String> reference, List<MeteorModule> modules) {
        return new MeteorAligner(caption, reference, modules).best();
    }

    private final class Path {
        private final @Nullable MeteorMatch[] chosen;
        private final boolean[] captionUsed;
        private final boolean[] referenceUsed;
        private int matched;
        private int chunks;
        private int next;
        private int lastEnd = NO_MATCH;
        private int distance;

        Path() {
            chosen = new MeteorMatch[referenceCoverage.length];
            captionUsed = new boolean[captionCoverage.length];
            referenceUsed = new boolean[referenceCoverage.length];
        }

        Path(Path other) {
            chosen = other.chosen.clone();
            captionUsed = other.captionUsed.clone();
            referenceUsed = other.referenceUsed.clone();
            matched = other.matched;
            chunks = other.chunks;
            next = other.next;
            lastEnd = other.lastEnd;
            distance = other.distance;
        }

        boolean free(MeteorMatch match) {
            for (int j = match.start(); j < match.end(); j++) {
                if (referenceUsed[j]) {
                    return false;
                }
            }
            for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                if (captionUsed[i]) {
                    return false;
                }
            }
            return true;
        }

        void use(MeteorMatch match) {
            chosen[match.start()] = match;
            for (int j = match.start(); j < match.end(); j++) {
                referenceUsed[j] = true;
            }
            for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                captionUsed[i] = true;
            }
        }

        void count(MeteorMatch match) {
            double weight = match.module() == 0 ? EXACT : INEXACT;
            matched += (int) (match.captionLength() * weight) + (int) (match.length() * weight);
            if (lastEnd != NO_MATCH && match.captionStart() != lastEnd) {
                chunks++;
            }
            next = match.end();
            lastEnd = match.captionEnd();
        }

        void closeChunk() {
            if (lastEnd != NO_MATCH) {
                chunks++;
                lastEnd = NO_MATCH;
            }
        }
    }

    private Alignment best() {
        List<Path> paths = new ArrayList<>(List.of(certain()));
        for (int current = 0; current < matches.size(); current++) {
            paths.sort(better());
            List<Path> nextPaths = new ArrayList<>();
            for (Path path : paths.subList(0, Math.min(BEAM, paths.size()))) {
                advance(path, current, nextPaths);
            }
            if (nextPaths.isEmpty()) {
                nextPaths.add(paths.get(0));
            }
            paths = nextPaths;
        }
        paths.sort(better());
        List<Path> finished = new ArrayList<>(paths.subList(0, Math.min(BEAM, paths.size())));
        finished.forEach(path -> path.chunks += path.lastEnd == NO_MATCH ? 0 : 1);
        finished.sort(better());
        return alignment(finished.get(0));
    }

    private static Comparator<Path> better() {
        return Comparator.comparingInt((Path path) -> -path.matched)
                .thenComparingInt(path -> path.chunks)
                .thenComparingInt(path -> path.distance);
    }

    /** Takes the matches that nothing else competes with. */
    private Path certain() {
        Path path = new Path();
        for (List<MeteorMatch> here : matches) {
            if (here.size() != 1) {
                continue;
            }
            MeteorMatch match = here.get(0);
            boolean alone = true;
            for (int j = match.start(); j < match.end(); j++) {
                alone &= referenceCoverage[j] == 1;
            }
            for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                alone &= captionCoverage[i] == 1;
            }
            if (alone) {
                path.use(match);
            }
        }
        return path;
    }

    private void advance(Path path, int current, List<Path> nextPaths) {
        if (path.referenceUsed[current]) {
            if (current >= path.next) {
                MeteorMatch fixed = path.chosen[path.next];
                if (fixed == null) {
                    return;
                }
                path.count(fixed);
                path.distance += Math.abs(fixed.start() - fixed.captionStart());
            }
            nextPaths.add(path);
            return;
        }
        for (MeteorMatch match : matches.get(current)) {
            if (path.free(match)) {
                Path taken = new Path(path);
                taken.use(match);
                taken.count(match);
                path.distance += Math.abs(match.start() - match.captionStart());
                nextPaths.add(taken);
            }
        }
        path.closeChunk();
        path.next++;
        nextPaths.add(path);
    }

    private static Alignment alignment(Path path) {
        List<MeteorMatch> chosen = new ArrayList<>();
        int chunks = 0;
        int lastEnd = NO_MATCH;
        int at = 0;
        while (at < path.chosen.length) {
            MeteorMatch match = path.chosen[at];
            if (match == null) {
                chunks += lastEnd == NO_MATCH ? 0 : 1;
                lastEnd = NO_MATCH;
                at++;
            } else {
                chunks += lastEnd != NO_MATCH && match.captionStart() != lastEnd ? 1 : 0;
                chosen.add(match);
                at = match.end();
                lastEnd = match.captionEnd();
            }
        }
        return new Alignment(chosen, lastEnd == NO_MATCH ? chunks : chunks + 1);
    }
}
