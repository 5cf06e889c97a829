package io.glip4j.inference;

import io.glip4j.input.EncodedPhrase;
import io.glip4j.input.EncodedPrompt;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Task;
import io.glip4j.model.head.MaskHead;
import io.glip4j.output.Detection;
import io.glip4j.output.MaskPaster;
import io.glip4j.output.ScoredBox;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what a prompt names in a picture, pixel by pixel, with a network that belongs to somebody else. */
public final class Segmenter {
    /** Boxes of one pass through the mask head: what it keeps of a box and all words is 3 MB at the published width. */
    private static final int TOGETHER = 16;

    private static final int BOX = 4;

    private final GlipModel model;
    private final GlipConfig config;
    private final Grounder grounder;

    public Segmenter(GlipModel model, GlipConfig config, Grounder grounder) {
        this.model = model;
        this.config = config;
        this.grounder = grounder;
    }

    /**
     * The boxes that {@link Grounder#ground} finds from a score on, each with the pixels in it that belong to the thing.
     *
     * @param threshold least score of a box, 0..1
     * @throws io.glip4j.GlipException MISSING_TASK if the network has no head for masks
     */
    public Segments segment(Picture picture, Prompt prompt, double threshold) {
        config.require(Task.SEGMENT);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Grounder.Look look = grounder.look(picture);
            Map<ScoredBox, Square> squares = new HashMap<>();
            List<ScoredBox> found =
                    grounder.find(look, grounder.encode(prompt), pass -> squares.putAll(squares(pass, threshold)));
            List<Segment> segments = new ArrayList<>();
            for (ScoredBox box : found) {
                Square square = squares.get(box);
                if (square != null) {
                    segments.add(square.pasted(picture, grounder.detection(look, prompt, box)));
                }
            }
            return new Segments(picture.width(), picture.height(), segments);
        }
    }

    /** Side x side probabilities, row by row. */
    private static final class Square {
        private final float[] probabilities;
        private final int side;

        Square(float[] probabilities, int side) {
            this.probabilities = probabilities;
            this.side = side;
        }

        Segment pasted(Picture picture, Detection detection) {
            return new Segment(
                    detection,
                    MaskPaster.PUBLISHED
                            .paste(probabilities, side, detection.box(), picture.width(), picture.height())
                            .runLengths());
        }
    }

    /** Those of the boxes that one pass is left with by itself; no other can be left where there are more passes. */
    private Map<ScoredBox, Square> squares(Grounder.Pass pass, double threshold) {
        List<ScoredBox> boxes = grounder.select(List.of(pass.candidates())).stream()
                .filter(box -> box.score() >= threshold)
                .toList();
        Map<Integer, List<Integer>> tokens = tokens(pass.prompt());
        Map<ScoredBox, Square> squares = new HashMap<>();
        for (int first = 0; first < boxes.size(); first += TOGETHER) {
            List<ScoredBox> some = boxes.subList(first, Math.min(first + TOGETHER, boxes.size()));
            squares.putAll(squares(pass.output().fused(), some, tokens));
        }
        return squares;
    }

    private Map<ScoredBox, Square> squares(
            FusedFeatures fused, List<ScoredBox> boxes, Map<Integer, List<Integer>> tokens) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            MaskHead head = model.maskHead().orElseThrow();
            MaskHead.Output output = head.forward(fused, xyxy(boxes), new int[boxes.size()]);
            float[] probabilities = Tensors.toFloats(MaskHead.probabilities(
                    output.logits(),
                    boxes.stream()
                            .map(box -> tokens.getOrDefault(box.phrase(), List.of()))
                            .toList())); // (R, M, M)
            int side = Math.toIntExact(output.logits().size(3));
            Map<ScoredBox, Square> squares = new HashMap<>();
            for (int i = 0; i < boxes.size(); i++) {
                int begin = i * side * side;
                squares.put(
                        boxes.get(i), new Square(Arrays.copyOfRange(probabilities, begin, begin + side * side), side));
            }
            return squares;
        }
    }

    private static Map<Integer, List<Integer>> tokens(EncodedPrompt prompt) {
        return prompt.phrases().stream()
                .collect(Collectors.toMap(EncodedPhrase::phrase, EncodedPhrase::tokens, (first, again) -> first));
    }

    private static float[] xyxy(List<ScoredBox> boxes) {
        float[] corners = new float[BOX * boxes.size()];
        int at = 0;
        for (ScoredBox found : boxes) {
            corners[at++] = (float) found.box().x1();
            corners[at++] = (float) found.box().y1();
            corners[at++] = (float) found.box().x2();
            corners[at++] = (float) found.box().y2();
        }
        return corners;
    }
}
