package io.glip4j.eval.caption;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * METEOR 1.5 for English (Denkowski and Lavie, 2014). Exact matches and stems need nothing; synonyms and paraphrases
 * come from the tables of the original, which a user gives the folder of.
 */
public final class Meteor {
    private static final String JAR = "meteor-1.5.jar";
    private static final String PARAPHRASES = "data/paraphrase-en.gz";
    private static final Set<String> FUNCTION_WORDS = functionWords();

    private final List<MeteorModule> modules;

    private Meteor(List<MeteorModule> modules) {
        this.modules = List.copyOf(modules);
    }

    /** Equal words only, known as METEOR_exact. */
    public static Meteor exact() {
        return new Meteor(List.of(MeteorModule.exact()));
    }

    /** Equal words and equal stems, known as METEOR_exact_stem. */
    public static Meteor exactAndStems() {
        return new Meteor(List.of(MeteorModule.exact(), new MeteorStems()));
    }

    /**
     * Synonyms too, known as METEOR_exact_stem_synonym.
     *
     * @param folder has {@code meteor-1.5.jar}, of which only the tables are read
     * @throws GlipException {@code UNREADABLE_FILE}
     */
    public static Meteor withSynonyms(Path folder) {
        return new Meteor(List.of(MeteorModule.exact(), new MeteorStems(), synonyms(folder.resolve(JAR))));
    }

    /**
     * The whole metric.
     *
     * @param folder has {@code meteor-1.5.jar} and {@code data/paraphrase-en.gz}
     * @param captions those that will be scored; paraphrases of other words are not kept
     * @throws GlipException {@code UNREADABLE_FILE}
     */
    public static Meteor complete(Path folder, List<Caption> captions) {
        return new Meteor(List.of(
                MeteorModule.exact(),
                new MeteorStems(),
                synonyms(folder.resolve(JAR)),
                paraphrases(folder.resolve(PARAPHRASES), captions)));
    }

    private static MeteorModule synonyms(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile());
                BufferedReader exceptions = reader(entry(zip, jar, "synonym/english.exceptions"));
                BufferedReader synsets = reader(entry(zip, jar, "synonym/english.synsets"))) {
            return new MeteorSynonyms(exceptions, synsets);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    private static InputStream entry(ZipFile zip, Path jar, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, jar + ": wanted METEOR's table " + name + ", got none");
        }
        return zip.getInputStream(entry);
    }

    private static MeteorModule paraphrases(Path table, List<Caption> captions) {
        Set<String> words = new HashSet<>();
        for (Caption caption : captions) {
            words.addAll(words(caption));
            caption.references().forEach(reference -> words.addAll(MeteorText.words(reference)));
        }
        try (BufferedReader reader = reader(new GZIPInputStream(Files.newInputStream(table)))) {
            return new MeteorParaphrases(reader, words);
        } catch (IOException e) {
            throw unreadable(table, e);
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private static GlipException unreadable(Path file, IOException e) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE, file + ": wanted a file of METEOR 1.5 (pycocoevalcap has it), got " + e, e);
    }

    private static Set<String> functionWords() {
        try (InputStream stream = Meteor.class.getResourceAsStream("meteor-function-words.txt")) {
            if (stream == null) {
                throw new IllegalStateException("meteor-function-words.txt is missing from the jar");
            }
            return reader(stream).lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scores, and the 23 numbers that each caption's score is computed from. */
    public record Scores(MetricScores scores, List<List<Double>> statistics) {
        public Scores {
            statistics = List.copyOf(statistics);
        }
    }

    /** Scores captions, each by its best reference; the corpus number comes from summed statistics. */
    public Scores score(List<Caption> captions) {
        List<MeteorStatistics> each =
                captions.parallelStream().map(this::statistics).toList();
        MeteorStatistics sum = new MeteorStatistics();
        each.forEach(sum::add);
        return new Scores(
                new MetricScores(
                        sum.score(), each.stream().map(MeteorStatistics::score).toList()),
                each.stream().map(MeteorStatistics::numbers).toList());
    }

    private static List<String> words(Caption caption) {
        return MeteorText.words(caption.result().replace("|||", "").replace("  ", " "));
    }

    private MeteorStatistics statistics(Caption caption) {
        List<String> words = words(caption);
        MeteorStatistics best = new MeteorStatistics();
        double bestScore = -1;
        for (String reference : caption.references()) {
            MeteorStatistics statistics = statistics(words, MeteorText.words(reference));
            double score = statistics.score();
            if (score > bestScore) {
                bestScore = score;
                best = statistics;
            }
        }
        return best;
    }

    private MeteorStatistics statistics(List<String> caption, List<String> reference) {
        MeteorAligner.Alignment alignment = MeteorAligner.align(caption, reference, modules);
        MeteorStatistics statistics = new MeteorStatistics();
        statistics.chunks = alignment.chunks();
        List<List<String>> sides = List.of(caption, reference);
        for (int side = 0; side < sides.size(); side++) {
            statistics.length[side] = sides.get(side).size();
            statistics.functionWords[side] =
                    sides.get(side).stream().filter(FUNCTION_WORDS::contains).count();
        }
        for (MeteorMatch match : alignment.matches()) {
            List<List<String>> matched = new ArrayList<>();
            matched.add(caption.subList(match.captionStart(), match.captionEnd()));
            matched.add(reference.subList(match.start(), match.end()));
            for (int side = 0; side < matched.size(); side++) {
                for (String word : matched.get(side)) {
                    double[] counts = FUNCTION_WORDS.contains(word)
                            ? statistics.functionMatches[side]
                            : statistics.contentMatches[side];
                    counts[match.module()]++;
                }
            }
        }
        return statistics;
    }
}
