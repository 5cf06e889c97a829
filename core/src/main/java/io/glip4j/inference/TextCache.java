package io.glip4j.inference;

import io.glip4j.model.TextFeatures;
import io.glip4j.torch.TensorScope;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What the text encoder said of the last prompts, so that the same words over many pictures are read once. The owner of
 * what it keeps; safe for many threads.
 */
public final class TextCache implements AutoCloseable {
    private final int passes;
    private final Map<List<Integer>, TextFeatures> byTokens = new LinkedHashMap<>(16, 0.75f, true);

    /** Keeps what was said of this many passes at most, the last used; 0 keeps nothing, while the network learns. */
    public TextCache(int passes) {
        this.passes = passes;
    }

    /** The features of these token ids, in the caller's scope; made by {@code encoder}, in it, where they are not kept. */
    TextFeatures get(List<Integer> tokenIds, Supplier<TextFeatures> encoder) {
        synchronized (byTokens) {
            TextFeatures kept = byTokens.get(tokenIds);
            if (kept != null) {
                return shared(kept);
            }
        }
        TextFeatures made = encoder.get();
        synchronized (byTokens) {
            if (passes > 0 && !byTokens.containsKey(tokenIds)) {
                byTokens.put(tokenIds, kept(made));
                shrink();
            }
        }
        return made;
    }

    private void shrink() {
        Iterator<TextFeatures> oldestFirst = byTokens.values().iterator();
        while (byTokens.size() > passes) {
            free(oldestFirst.next());
            oldestFirst.remove();
        }
    }

    /** Handles of the caller's scope: what is kept may be freed while they are in use. */
    private static TextFeatures shared(TextFeatures kept) {
        return new TextFeatures(
                new Tensor(kept.hidden()), new Tensor(kept.embedded()), new Tensor(kept.attentionMask()));
    }

    private static TextFeatures kept(TextFeatures made) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            TextFeatures own = shared(made);
            return new TextFeatures(
                    scope.keep(own.hidden()), scope.keep(own.embedded()), scope.keep(own.attentionMask()));
        }
    }

    private static void free(TextFeatures kept) {
        kept.hidden().close();
        kept.embedded().close();
        kept.attentionMask().close();
    }

    @Override
    public void close() {
        synchronized (byTokens) {
            byTokens.values().forEach(TextCache::free);
            byTokens.clear();
        }
    }
}
