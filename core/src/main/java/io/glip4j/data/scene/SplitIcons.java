package io.glip4j.data.scene;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The nouns, icons, words and colours that a split may show and say. */
final class SplitIcons {
    private static final int LEAST_NOUNS = 2;

    private final SceneSplit split;
    private final HeldOut heldOut;
    private final List<Noun> nouns = new ArrayList<>();
    private final List<List<List<Icon>>> icons = new ArrayList<>(); // by noun, then by style

    SplitIcons(Artwork artwork, SceneConfig config) {
        this.split = config.split();
        Set<String> heldOutStyles = config.heldOutStyles();
        this.heldOut = new HeldOut(artwork.nouns());
        artwork.icons().entrySet().stream()
                .filter(entry -> config.names().holds(entry.getKey()))
                .filter(entry -> heldOut.holds(entry.getKey().name()) == (split == SceneSplit.UNSEEN_NAMES))
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> add(entry.getKey(), entry.getValue(), heldOutStyles));
        if (nouns.size() < LEAST_NOUNS) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "scenes: wanted icons of at least " + LEAST_NOUNS + " names for the split " + split + " of styles "
                            + artwork.styles() + " with " + heldOutStyles + " held out and " + config.names()
                            + " names, got " + nouns.size() + "; give more icon sets or hold out others");
        }
    }

    private void add(Noun noun, Map<String, List<Icon>> byStyle, Set<String> heldOutStyles) {
        List<List<Icon>> usable = byStyle.entrySet().stream()
                .filter(entry -> heldOutStyles.contains(entry.getKey()) == (split == SceneSplit.UNSEEN_STYLES))
                .map(Map.Entry::getValue)
                .toList();
        if (!usable.isEmpty()
                && (split != SceneSplit.UNSEEN_COMBINATIONS || !colours(noun).isEmpty())) {
            nouns.add(noun);
            icons.add(usable);
        }
    }

    /** Sorted by name. */
    List<Noun> nouns() {
        return nouns;
    }

    /** An icon of noun {@code number}: any style as likely as another, any of its drawings. */
    Icon icon(int number, SplittableRandom random) {
        List<List<Icon>> styles = icons.get(number);
        List<Icon> drawings = styles.get(random.nextInt(styles.size()));
        return drawings.get(random.nextInt(drawings.size()));
    }

    /** How an icon of a noun is to look: as it likes, but for the split of unseen combinations in an unseen colour. */
    Restyle look(Noun noun, SplittableRandom random) {
        if (split == SceneSplit.UNSEEN_COMBINATIONS) {
            List<ColourName> colours = colours(noun);
            return Restyle.ink(colours.get(random.nextInt(colours.size())), random);
        }
        return Restyle.draw(noun.person(), random);
    }

    /** Whether the split may show a noun with these colours. */
    boolean mayShow(Noun noun, ColourShares colours) {
        if (split == SceneSplit.UNSEEN_COMBINATIONS) {
            return colours.name().filter(name -> mayName(noun, name)).isPresent();
        }
        return colours.name().filter(name -> !mayName(noun, name)).isEmpty();
    }

    /** Whether the split may say a colour with a noun. */
    boolean mayName(Noun noun, ColourName colour) {
        return switch (split) {
            case TRAIN -> !heldOut.holds(noun.name(), colour);
            case UNSEEN_COMBINATIONS -> heldOut.holds(noun.name(), colour);
            case UNSEEN_STYLES, UNSEEN_NAMES -> true;
        };
    }

    private List<ColourName> colours(Noun noun) {
        return noun.person()
                ? List.of()
                : Arrays.stream(ColourName.values())
                        .filter(colour -> heldOut.holds(noun.name(), colour))
                        .toList();
    }

    /** Whether the split may say a word. */
    boolean mayName(String word) {
        return heldOut.holds(word) == (split == SceneSplit.UNSEEN_NAMES);
    }
}
