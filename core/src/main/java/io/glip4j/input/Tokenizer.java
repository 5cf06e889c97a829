package io.glip4j.input;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.TextBatch;
import io.glip4j.torch.Tensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Text to tokens as a {@code tokenizer.json} says, with the code points each token was made from. Many threads may use
 * one tokenizer; it frees its native memory when closed.
 */
public final class Tokenizer implements AutoCloseable {
    private static final String BERT = "bert-base-uncased.tokenizer.json.gz";
    private static final String CLIP = "clip.tokenizer.json.gz";
    private static final Span NOWHERE = new Span(0, 0);
    private static final int REPLACEMENT = 0xFFFD;
    private static final int LEAST_TOKENS = 3;

    private final HuggingFaceTokenizer library;
    private final byte[] definition;
    private final Set<Integer> special;

    private Tokenizer(HuggingFaceTokenizer library, byte[] definition, Set<Integer> special) {
        this.library = library;
        this.definition = definition;
        this.special = special;
    }

    /** The tokenizer of {@code bert-base-uncased}, which the published models use. */
    public static Tokenizer bert() {
        return embedded(BERT);
    }

    /** The tokenizer of CLIP. */
    public static Tokenizer clip() {
        return embedded(CLIP);
    }

    /** The tokenizer in a {@code tokenizer.json} file. */
    public static Tokenizer read(Path file) {
        try {
            return of(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, file + ": wanted a tokenizer.json, got " + e + "; check the path", e);
        }
    }

    /** The tokenizer that the content of a {@code tokenizer.json} describes; {@code name} is what errors call it. */
    public static Tokenizer of(byte[] definition, String name) {
        stayOffline();
        ObjectNode plain = withoutLimits(definition, name);
        Map<String, String> options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");
        try (InputStream json = new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(plain))) {
            return new Tokenizer(
                    HuggingFaceTokenizer.newInstance(json, options), definition.clone(), specialTokens(plain));
        } catch (IOException | RuntimeException e) {
            throw unusable(name, e);
        }
    }

    /** The {@code tokenizer.json} this was made from, to be stored beside a model. */
    public byte[] definition() {
        return definition.clone();
    }

    /** All tokens of a text, however many. */
    public TokenizedText encode(String text) {
        Encoding encoding = library.encode(withoutLoneSurrogates(text), true, false);
        long[] ids = encoding.getIds();
        CharSpan[] spans = encoding.getCharTokenSpans();
        List<Token> tokens = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            CharSpan span = spans[i];
            tokens.add(new Token(
                    Math.toIntExact(ids[i]), span == null ? NOWHERE : new Span(span.getStart(), span.getEnd())));
        }
        return new TokenizedText(tokens);
    }

    /** The tokens of a text, of a longer one the first {@code maxTokens - 1} and the end token. */
    public TokenizedText encode(String text, int maxTokens) {
        if (maxTokens < LEAST_TOKENS) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted maxTokens of at least " + LEAST_TOKENS + ", got " + maxTokens + "; give more");
        }
        TokenizedText whole = encode(text);
        if (whole.size() <= maxTokens) {
            return whole;
        }
        List<Token> cut = new ArrayList<>(whole.tokens().subList(0, maxTokens - 1));
        cut.add(whole.tokens().get(whole.size() - 1));
        return new TokenizedText(cut);
    }

    /** The text that tokens stand for; start, end and other special tokens stand for none. */
    public String decode(List<Integer> ids) {
        return library.decode(ids.stream().mapToLong(Integer::longValue).toArray(), true)
                .strip();
    }

    /** Tokens that stand for no text, such as start, end and padding. */
    public Set<Integer> specialTokens() {
        return special;
    }

    /** How many tokens a text has, without start and end. */
    public int count(String text) {
        return encode(text).size() - 2;
    }

    /** Texts padded to the longest one, with zeros that the mask hides; belongs to the open tensor scope. */
    public static TextBatch batch(List<TokenizedText> texts) {
        int longest = texts.stream().mapToInt(TokenizedText::size).max().orElseThrow();
        long[] ids = new long[texts.size() * longest];
        long[] mask = new long[ids.length];
        for (int n = 0; n < texts.size(); n++) {
            int at = n * longest;
            for (Token token : texts.get(n).tokens()) {
                ids[at] = token.id();
                mask[at] = 1;
                at++;
            }
        }
        return new TextBatch(
                Tensors.of(ids, texts.size(), longest), // (N, T)
                Tensors.of(mask, texts.size(), longest));
    }

    @Override
    public void close() {
        library.close();
    }

    /** The library asks a cloud metadata address when its classes load, unless it is told not to. */
    private static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static ObjectNode withoutLimits(byte[] definition, String name) {
        try {
            JsonNode json = new ObjectMapper().readTree(definition);
            if (!(json instanceof ObjectNode object) || !json.has("model")) {
                throw new IOException("no object with a model");
            }
            object.putNull("truncation");
            object.putNull("padding");
            return object;
        } catch (IOException e) {
            throw unusable(name, e);
        }
    }

    private static Set<Integer> specialTokens(ObjectNode json) {
        Set<Integer> special = new TreeSet<>();
        json.path("added_tokens").forEach(token -> {
            if (token.path("special").asBoolean()) {
                special.add(token.path("id").asInt());
            }
        });
        return Set.copyOf(special);
    }

    /** UTF-8 cannot hold half a surrogate pair; what stands in for it is one code point, too. */
    private static String withoutLoneSurrogates(String text) {
        int[] codePoints = text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static Tokenizer embedded(String resource) {
        try (InputStream packed = Objects.requireNonNull(Tokenizer.class.getResourceAsStream(resource), resource);
                InputStream json = new GZIPInputStream(packed)) {
            return of(json.readAllBytes(), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GlipException unusable(String name, Exception cause) {
        String reason = Arrays.stream(String.valueOf(cause.getMessage()).split("\n", -1))
                .findFirst()
                .orElse("");
        return new GlipException(
                ErrorCode.UNREADABLE_FILE,
                name + ": wanted a tokenizer.json that Hugging Face's tokenizers read, got one that fails with: "
                        + reason + "; export it again",
                cause);
    }
}
