package io.glip4j.bench;

import io.glip4j.Glip;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.OtherWords;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How many marked things a model finds when a picture is asked for what is in it: by the classes' own names, and by each
 * of their other words in turn. Found is a box of the right word at or above a threshold whose IoU with the marked one
 * is at least 0.5; a box that matches no marked thing of its word is wrong.
 */
public final class WordReport {
    private static final String USUAL_THRESHOLD = "0.5";
    private static final double IOU = 0.5;

    private final Glip glip;
    private final double threshold;
    private int marked;
    private int found;
    private int wrong;
    private int prompts;

    private WordReport(Glip glip, double threshold) {
        this.glip = glip;
        this.threshold = threshold;
    }

    /** {@code MODEL|nano ANNOTATIONS IMAGES OTHER-WORDS [THRESHOLD]}. */
    public static void main(String[] arguments) {
        CocoDataset pictures = CocoDataset.open(Path.of(arguments[1]), Path.of(arguments[2]), BadRecords.DROP);
        OtherWords words = OtherWords.read(Path.of(arguments[3]));
        double threshold = Double.parseDouble(arguments.length > 4 ? arguments[4] : USUAL_THRESHOLD);
        try (Glip glip = arguments[0].equals("nano") ? Glip.load() : Glip.load(Path.of(arguments[0]))) {
            WordReport own = new WordReport(glip, threshold);
            WordReport other = new WordReport(glip, threshold);
            for (int index = 0; index < pictures.size(); index++) {
                GroundingSample sample = pictures.sample(index);
                ClassNames names = (ClassNames) sample.text();
                own.ask(sample, names.vocabulary());
                for (int turn = 0; turn < 2; turn++) {
                    int which = turn;
                    other.ask(
                            sample,
                            names.vocabulary().stream()
                                    .map(name -> word(words, name, which))
                                    .toList());
                }
            }
            System.out.println("| asked by | found | of marked | share | wrong boxes a picture |");
            System.out.println("|---|---|---|---|---|");
            own.print("its name");
            other.print("another word");
        }
    }

    private static String word(OtherWords words, String name, int turn) {
        List<String> others = words.byName().getOrDefault(name, List.of(name));
        return others.get(turn % others.size());
    }

    private void ask(GroundingSample sample, List<String> vocabulary) {
        List<Integer> labels = ((ClassNames) sample.text()).labels();
        List<String> asked = new ArrayList<>(
                new TreeSet<>(labels.stream().map(vocabulary::get).toList()));
        List<Detection> answers = glip.ground(
                        sample.picture().read(new ImageSize(sample.width(), sample.height())), Prompt.classes(asked))
                .above(threshold)
                .detections();
        boolean[] taken = new boolean[labels.size()];
        for (Detection answer : answers) {
            int match = match(answer, sample.boxes(), labels, vocabulary, taken);
            if (match < 0) {
                wrong++;
            } else {
                taken[match] = true;
                found++;
            }
        }
        marked += labels.size();
        prompts++;
    }

    private static int match(
            Detection answer, List<BoxXyxy> boxes, List<Integer> labels, List<String> vocabulary, boolean[] taken) {
        int best = -1;
        double largest = IOU;
        for (int i = 0; i < boxes.size(); i++) {
            double overlap = answer.box().iou(boxes.get(i));
            if (!taken[i] && vocabulary.get(labels.get(i)).equals(answer.phrase()) && overlap >= largest) {
                best = i;
                largest = overlap;
            }
        }
        return best;
    }

    private void print(String how) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.0f %% | %.2f |%n",
                how,
                found,
                marked,
                100.0 * found / marked,
                (double) wrong / prompts);
    }
}
