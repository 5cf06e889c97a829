package io.glip4j.model;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that defines a network, checked when made; {@link #preset} has the known ones.
 *
 * @param name what people call it
 * @param heads the optional heads it carries beside boxes and word logits, which say what {@link #tasks} it does
 * @param answers what its answer head chooses from; none without that head
 * @param readingBlocks in which the words of questions and descriptions read the picture once more after the fusion, for
 *     networks of few fusion blocks; none in the published ones
 */
public record GlipConfig(
        String name,
        ImageConfig image,
        ImageEncoderConfig imageEncoder,
        TextEncoderConfig textEncoder,
        FusionConfig fusion,
        PostProcessConfig postProcess,
        Set<Head> heads,
        AnswerVocabulary answers,
        int readingBlocks) {
    private static final String TINY = "tiny";
    private static final String LARGE = "large";
    private static final String NANO = "nano";
    private static final double NANO_THRESHOLD = 0.45;
    private static final double PUBLISHED_THRESHOLD = 0.5;
    private static final int NANO_READING_BLOCKS = 2;
    private static final Set<Head> SPEAKING = Set.of(Head.ANSWERS, Head.NEXT_WORD);
    public static final List<String> PRESETS = List.of(TINY, LARGE, NANO);

    /** Heads a checkpoint may carry beside boxes and word logits. */
    public enum Head {
        MASK,
        MASKED_WORDS,
        /** Projections for comparing regions and words over a batch; used in training only. */
        INTER_IMAGE,
        /** Answers to questions; comes with a list of answers. */
        ANSWERS,
        /** The next word of a description. */
        NEXT_WORD
    }

    public GlipConfig {
        Check.that(!name.isBlank(), "a name", "'" + name + "'");
        heads = heads.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(heads));
        Check.that(
                heads.contains(Head.ANSWERS) == (answers.size() > 0),
                "a list of answers with the head ANSWERS and none without",
                answers + " and the heads " + heads);
        Check.that(
                readingBlocks == 0 || (readingBlocks > 0 && speaks(heads)),
                "readingBlocks with the heads ANSWERS or NEXT_WORD and none without",
                readingBlocks + " and the heads " + heads);
    }

    private static boolean speaks(Set<Head> heads) {
        return !Collections.disjoint(heads, SPEAKING);
    }

    /** A network that answers no questions. */
    public GlipConfig(
            String name,
            ImageConfig image,
            ImageEncoderConfig imageEncoder,
            TextEncoderConfig textEncoder,
            FusionConfig fusion,
            PostProcessConfig postProcess,
            Set<Head> heads) {
        this(name, image, imageEncoder, textEncoder, fusion, postProcess, heads, AnswerVocabulary.NONE, 0);
    }

    /** The same network with these heads as well. */
    public GlipConfig withAlso(Set<Head> more) {
        return with(postProcess, more, answers);
    }

    /** The same network with a head for these answers, in place of those it may have. */
    public GlipConfig withAnswers(AnswerVocabulary list) {
        return with(postProcess, Set.of(Head.ANSWERS), list);
    }

    private GlipConfig with(PostProcessConfig postProcessing, Set<Head> more, AnswerVocabulary list) {
        Set<Head> all = EnumSet.noneOf(Head.class);
        all.addAll(heads);
        all.addAll(more);
        return new GlipConfig(
                name, image, imageEncoder, textEncoder, fusion, postProcessing, all, list, readingBlocks(all));
    }

    /** What a nano needs once it is to speak; whoever speaks already keeps what it has. */
    private int readingBlocks(Set<Head> all) {
        boolean begins = speaks(all) && !speaks(heads);
        return begins && imageEncoder instanceof CenterNetConfig ? NANO_READING_BLOCKS : readingBlocks;
    }

    /** What the network does. */
    public Set<Task> tasks() {
        Set<Task> tasks = EnumSet.allOf(Task.class);
        tasks.removeIf(task -> task.head().filter(head -> !heads.contains(head)).isPresent());
        return tasks;
    }

    /**
     * Refuses what the network does not do.
     *
     * @throws GlipException MISSING_TASK, naming the tasks it has
     */
    public void require(Task task) {
        if (!tasks().contains(task)) {
            throw new GlipException(
                    ErrorCode.MISSING_TASK,
                    "wanted a model with the task " + task + ", got '" + name + "' with " + tasks()
                            + "; take a model that was trained for it");
        }
    }

    /**
     * The score from which a box is worth showing, where nobody says otherwise: the scores of a nano are lower than those
     * of the published networks (measured in docs/NANO.md).
     */
    public double usualThreshold() {
        return imageEncoder instanceof CenterNetConfig ? NANO_THRESHOLD : PUBLISHED_THRESHOLD;
    }

    /** GLIP-T ("tiny"), GLIP-L ("large"), or the embedded default ("nano"). */
    public static GlipConfig preset(String name) {
        return switch (name) {
            case TINY ->
                new GlipConfig(
                        TINY,
                        ImageConfig.PUBLISHED,
                        new SwinConfig(
                                SwinConfig.Version.V1, 96, List.of(2, 2, 6, 2), List.of(3, 6, 12, 24), 7, false, 0.4),
                        BertConfig.BASE,
                        new FusionConfig(6, 256, 16, 2_048, 8, 0.1),
                        PostProcessConfig.PUBLISHED,
                        Set.of());
            case LARGE ->
                new GlipConfig(
                        LARGE,
                        ImageConfig.PUBLISHED,
                        new SwinConfig(
                                SwinConfig.Version.V1,
                                192,
                                List.of(2, 2, 18, 2),
                                List.of(6, 12, 24, 48),
                                12,
                                false,
                                0.4),
                        BertConfig.BASE,
                        new FusionConfig(8, 256, 16, 2_048, 8, 0.1),
                        PostProcessConfig.PUBLISHED,
                        Set.of());
            case NANO ->
                new GlipConfig(
                        NANO,
                        new ImageConfig(384, 640, 32),
                        new CenterNetConfig(),
                        BertConfig.MINI_LM,
                        new FusionConfig(1, 128, 16, 256, 4, 0),
                        PostProcessConfig.PUBLISHED,
                        Set.of());
            default ->
                throw new GlipException(
                        ErrorCode.UNKNOWN_PRESET,
                        "wanted a preset of " + PRESETS + ", got '" + name + "'; name one of them");
        };
    }

    /** The same network with another number of detections kept of a picture. */
    public GlipConfig withDetectionsPerImage(int detections) {
        PostProcessConfig kept = new PostProcessConfig(
                postProcess.aggregation(),
                postProcess.scoreThreshold(),
                postProcess.candidatesPerLevel(),
                postProcess.nmsIou(),
                detections);
        return with(kept, Set.of(), answers);
    }
}
