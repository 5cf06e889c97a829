package io.glip4j.model;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Prompt tuning (GLIP, section 5.2): what is added to the text encoder's features of some words, wherever they stand in a
 * prompt. All else of the network stays as it is, so that one network serves any number of tuned prompts.
 */
public final class TunedWords {
    /** One word: its tokens, and what is added to them, (tokens, Ct). */
    private record Shift(List<Integer> tokenIds, Tensor added, int firstRow) {}

    private final List<Shift> longestFirst;
    private final Tensor[] added;
    private final int rows;

    /**
     * Registers {@code 0}, {@code 1}, ..., one for each word; they are 0 until something is loaded or learned.
     *
     * @param tokenIds of each word, without start and end
     * @param width Ct of the text encoder
     */
    public TunedWords(Parameters parameters, List<List<Integer>> tokenIds, long width) {
        List<Shift> shifts = new ArrayList<>();
        int first = 0;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            for (int word = 0; word < tokenIds.size(); word++) {
                List<Integer> tokens = List.copyOf(tokenIds.get(word));
                Check.that(!tokens.isEmpty(), "tokens of every tuned word", tokens);
                Tensor shift = parameters.register(Integer.toString(word), Initializer.ZEROS, tokens.size(), width);
                shift.zero_();
                shifts.add(new Shift(tokens, shift, first));
                first += tokens.size();
            }
        }
        this.added = shifts.stream().map(Shift::added).toArray(Tensor[]::new);
        this.rows = first;
        this.longestFirst = shifts.stream()
                .sorted(Comparator.comparingInt(
                                (Shift shift) -> shift.tokenIds().size())
                        .reversed())
                .toList();
    }

    /** The features of N texts (N, T) with what was learned for the words in them. */
    TextFeatures applied(TextFeatures text, Tensor tokenIds) {
        long[] ids = Tensors.toLongs(tokenIds);
        int tokens = Math.toIntExact(tokenIds.size(1));
        long[] rowOfToken = new long[ids.length];
        Arrays.fill(rowOfToken, rows);
        for (int begin = 0; begin < ids.length; begin += tokens) {
            place(ids, rowOfToken, begin, begin + tokens);
        }
        long width = text.hidden().size(2);
        Tensor none = torch.zeros(1, width).to(text.hidden());
        Tensor[] table = Arrays.copyOf(added, added.length + 1);
        table[added.length] = none;
        Tensor shifts = Tensors.cat(0, table)
                .index_select(
                        0, Tensors.of(rowOfToken, ids.length).to(text.hidden().device(), torch.ScalarType.Long))
                .view(tokenIds.size(0), tokens, width);
        return new TextFeatures(text.hidden().add(shifts), text.embedded().add(shifts), text.attentionMask());
    }

    /** Finds the words among the tokens [begin, end); of words that overlap the longest is taken. */
    private void place(long[] ids, long[] rowOfToken, int begin, int end) {
        for (Shift shift : longestFirst) {
            int length = shift.tokenIds().size();
            for (int at = begin; at + length <= end; at++) {
                if (stands(shift, ids, rowOfToken, at)) {
                    for (int token = 0; token < length; token++) {
                        rowOfToken[at + token] = shift.firstRow() + (long) token;
                    }
                }
            }
        }
    }

    private boolean stands(Shift shift, long[] ids, long[] rowOfToken, int at) {
        return IntStream.range(0, shift.tokenIds().size())
                .allMatch(token -> rowOfToken[at + token] == rows
                        && ids[at + token] == shift.tokenIds().get(token));
    }
}
