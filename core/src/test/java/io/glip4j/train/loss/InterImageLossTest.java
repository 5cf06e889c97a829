package io.glip4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.GoldenTensors;
import io.glip4j.Goldens;
import io.glip4j.UnitGolden;
import io.glip4j.data.PromptClasses;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterImageLossTest {
    private static final int WIDTH = 6;
    private static final long FREE = RegionsAndWords.FREE_TEXT;

    /** Pictures in plain numbers: per picture its regions, words, classes and which word names which region. */
    private record Case(
            List<double[][]> regions,
            List<double[][]> words,
            List<long[]> regionClasses,
            List<long[]> wordClasses,
            List<boolean[][]> named,
            double logScale) {
        int regionCount() {
            return regions.stream().mapToInt(rows -> rows.length).sum();
        }

        Case only(int picture) {
            return new Case(
                    Collections.singletonList(regions.get(picture)),
                    Collections.singletonList(words.get(picture)),
                    List.of(regionClasses.get(picture)),
                    List.of(wordClasses.get(picture)),
                    Collections.singletonList(named.get(picture)),
                    logScale);
        }

        boolean wanted(int picture, int region, int other, int word) {
            return picture == other
                    ? named.get(picture)[region][word]
                    : regionClasses.get(picture)[region] != FREE
                            && regionClasses.get(picture)[region] == wordClasses.get(other)[word];
        }

        /** The loss by its definition, in double precision. */
        double plainLoss() {
            List<int[]> rows = places(regions);
            List<int[]> columns = places(words);
            double sum = 0;
            for (int[] row : rows) {
                sum += crossEntropy(columns, column -> similarity(row, column), column -> wanted(row, column));
            }
            for (int[] column : columns) {
                sum += crossEntropy(rows, row -> similarity(row, column), row -> wanted(row, column));
            }
            return sum / 2 / Math.max(regionCount(), 1);
        }

        private boolean wanted(int[] region, int[] word) {
            return wanted(region[0], region[1], word[0], word[1]);
        }

        private double similarity(int[] region, int[] word) {
            double product = 0;
            for (int i = 0; i < WIDTH; i++) {
                product += regions.get(region[0])[region[1]][i] * words.get(word[0])[word[1]][i];
            }
            return product / Math.exp(logScale);
        }

        private static double crossEntropy(
                List<int[]> choices,
                java.util.function.ToDoubleFunction<int[]> score,
                java.util.function.Predicate<int[]> wanted) {
            double exponentials = choices.stream()
                    .mapToDouble(c -> Math.exp(score.applyAsDouble(c)))
                    .sum();
            return choices.stream()
                    .filter(wanted)
                    .mapToDouble(c -> Math.log(exponentials) - score.applyAsDouble(c))
                    .average()
                    .orElse(0);
        }

        private static List<int[]> places(List<double[][]> items) {
            List<int[]> places = new ArrayList<>();
            for (int picture = 0; picture < items.size(); picture++) {
                for (int i = 0; i < items.get(picture).length; i++) {
                    places.add(new int[] {picture, i});
                }
            }
            return places;
        }
    }

    private static final class Result {
        private final double loss;
        private final double[] regionGradient;
        private final double[] wordGradient;
        private final double scaleGradient;

        Result(double loss, double[] regionGradient, double[] wordGradient, double scaleGradient) {
            this.loss = loss;
            this.regionGradient = regionGradient;
            this.wordGradient = wordGradient;
            this.scaleGradient = scaleGradient;
        }

        double loss() {
            return loss;
        }

        double[] regionGradient() {
            return regionGradient;
        }

        double[] wordGradient() {
            return wordGradient;
        }

        double scaleGradient() {
            return scaleGradient;
        }
    }

    @Test
    void agreesWithTheRecordedCase() {
        for (Path folder : Goldens.folders("units")) {
            try (TensorScope scope = TensorScope.open();
                    GoldenTensors golden = GoldenTensors.expected(folder)) {
                JsonNode json = recordedCase(folder);
                check(golden, json, ScalarType.Double, 1e-9);
                check(golden, json, ScalarType.Float, 1e-5);
            }
        }
    }

    private static JsonNode recordedCase(Path folder) {
        return UnitGolden.all().stream()
                .filter(unit -> unit.toString().equals(folder.toString()))
                .findFirst()
                .orElseThrow()
                .cases()
                .required("inter");
    }

    private static void check(GoldenTensors golden, JsonNode json, ScalarType type, double relative) {
        int pictures = json.required("source").size();
        Tensor wordFeatures = golden.tensor("inter.word_features").to(type); // (N, T, D)
        int width = Math.toIntExact(wordFeatures.size(2));
        int tokens = Math.toIntExact(wordFeatures.size(1));
        long[] mask = golden.longs("inter.word_mask");
        int[] words = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
        Tensor chosen = Tensors.of(Arrays.stream(words).asLongStream().toArray(), words.length);
        List<Tensor> regionParts = new ArrayList<>();
        List<Integer> regionPictures = new ArrayList<>();
        List<Long> regionClasses = new ArrayList<>();
        List<Boolean> named = new ArrayList<>();
        for (int n = 0; n < pictures; n++) {
            regionParts.add(golden.tensor("inter." + n + ".region_features").to(type));
            long[] map = golden.longs("inter." + n + ".own_positive_map");
            for (int region = 0; region < json.required("region_class").get(n).size(); region++) {
                regionPictures.add(n);
                regionClasses.add(number(
                        json,
                        n,
                        json.required("region_class").get(n).get(region).asInt()));
                for (int word : words) {
                    named.add(word / tokens == n && map[region * tokens + word % tokens] != 0);
                }
            }
        }
        boolean[] names = new boolean[named.size()];
        IntStream.range(0, names.length).forEach(i -> names[i] = named.get(i));
        Tensor regions = leaf(Tensors.cat(0, regionParts.toArray(Tensor[]::new)));
        Tensor wordLeaf = leaf(wordFeatures.flatten(0, 1).index_select(0, chosen));
        Tensor scale = leaf(scale(json.required("log_scale").asDouble()).to(type));
        RegionsAndWords own = new RegionsAndWords(
                Tensors.normalizeLast(regions),
                Tensors.normalizeLast(wordLeaf),
                regionPictures.stream().mapToInt(Integer::intValue).toArray(),
                Arrays.stream(words).map(word -> word / tokens).toArray(),
                regionClasses.stream().mapToLong(Long::longValue).toArray(),
                Arrays.stream(words)
                        .mapToLong(word -> number(
                                json,
                                word / tokens,
                                json.required("token_class")
                                        .get(word / tokens)
                                        .get(word % tokens)
                                        .asInt()))
                        .toArray(),
                names);
        long[] targets = golden.longs("inter.targets"); // (regions, pictures * tokens)
        double[] wanted = doubles(own.wanted());
        for (int region = 0; region < regionPictures.size(); region++) {
            for (int j = 0; j < words.length; j++) {
                assertThat(wanted[region * words.length + j])
                        .isEqualTo((double) targets[region * pictures * tokens + words[j]]);
            }
        }
        Tensor loss = InterImageLoss.of(own, scale, regionPictures.size(), Ranks.ALONE);
        double expected = doubles(golden.tensor("inter.loss"))[0];
        assertThat(loss.item_double()).isCloseTo(expected, within(relative * Math.abs(expected)));
        loss.backward();
        List<Tensor> regionGradients = new ArrayList<>();
        for (int n = 0; n < pictures; n++) {
            if (golden.has("inter." + n + ".region_grad")) {
                regionGradients.add(golden.tensor("inter." + n + ".region_grad"));
            }
        }
        close(regions.grad(), Tensors.cat(0, regionGradients.toArray(Tensor[]::new)), relative);
        close(wordLeaf.grad(), golden.tensor("inter.word_grad").flatten(0, 1).index_select(0, chosen), relative);
        close(scale.grad(), golden.tensor("inter.log_scale_grad"), relative);
        assertThat(width).isEqualTo(16);
    }

    private static long number(JsonNode json, int picture, int label) {
        return label < 0
                ? FREE
                : PromptClasses.number(json.required("source").get(picture).asText(), label);
    }

    /** (1) float64. */
    private static Tensor scale(double value) {
        return torch.zeros(1).to(ScalarType.Double).fill_(new Scalar(value));
    }

    private static Tensor leaf(Tensor values) {
        Tensor leaf = values.detach().clone();
        leaf.set_requires_grad(true);
        return leaf;
    }

    private static void close(Tensor got, Tensor wanted, double relative) {
        double[] expected = doubles(wanted);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(doubles(got)).hasSize(expected.length).containsExactly(expected, within(relative * largest));
    }

    private static double[] doubles(Tensor tensor) {
        Tensor plain = tensor.detach().to(ScalarType.Double).contiguous();
        double[] values = new double[Math.toIntExact(plain.numel())];
        if (values.length > 0) {
            try (DoublePointer data = plain.data_ptr_double()) {
                data.get(values);
            }
        }
        return values;
    }

    /** Two detection pictures that share classes, one without regions, one of free text; more or fewer of each. */
    private static Case random(long seed, int pictures) {
        Random random = new Random(seed);
        List<double[][]> regions = new ArrayList<>();
        List<double[][]> words = new ArrayList<>();
        List<long[]> regionClasses = new ArrayList<>();
        List<long[]> wordClasses = new ArrayList<>();
        List<boolean[][]> named = new ArrayList<>();
        for (int n = 0; n < pictures; n++) {
            boolean caption = n % 4 == 2;
            int regionCount = n % 4 == 1 ? 0 : 1 + random.nextInt(4);
            int wordCount = 3 + random.nextInt(4);
            long[] ofWords =
                    random.longs(wordCount, -1, 4).map(c -> caption ? FREE : c).toArray();
            long[] ofRegions = new long[regionCount];
            boolean[][] names = new boolean[regionCount][wordCount];
            for (int region = 0; region < regionCount; region++) {
                int word = random.nextInt(wordCount);
                names[region][word] = true;
                ofRegions[region] = ofWords[word];
                for (int w = 0; w < wordCount; w++) {
                    names[region][w] |=
                            caption ? random.nextInt(4) == 0 : ofWords[w] != FREE && ofWords[w] == ofRegions[region];
                }
            }
            regions.add(rows(random, regionCount));
            words.add(rows(random, wordCount));
            regionClasses.add(ofRegions);
            wordClasses.add(ofWords);
            named.add(names);
        }
        return new Case(regions, words, regionClasses, wordClasses, named, 0.4 * random.nextGaussian());
    }

    private static double[][] rows(Random random, int count) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, i -> random.doubles(WIDTH, -1, 1).toArray());
        return rows;
    }

    private static Result compute(Case pictures, double positives, Ranks ranks) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor regions = leaf(tensor(pictures.regions()));
            Tensor words = leaf(tensor(pictures.words()));
            Tensor scale = leaf(scale(pictures.logScale()));
            List<int[]> rows = Case.places(pictures.regions());
            List<int[]> columns = Case.places(pictures.words());
            boolean[] named = new boolean[rows.size() * columns.size()];
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < columns.size(); j++) {
                    int[] row = rows.get(i);
                    int[] column = columns.get(j);
                    named[i * columns.size() + j] =
                            row[0] == column[0] && pictures.named().get(row[0])[row[1]][column[1]];
                }
            }
            RegionsAndWords own = new RegionsAndWords(
                    regions,
                    words,
                    rows.stream().mapToInt(row -> row[0]).toArray(),
                    columns.stream().mapToInt(column -> column[0]).toArray(),
                    pictures.regionClasses().stream()
                            .flatMapToLong(Arrays::stream)
                            .toArray(),
                    pictures.wordClasses().stream()
                            .flatMapToLong(Arrays::stream)
                            .toArray(),
                    named);
            Tensor loss = InterImageLoss.of(own, scale, positives, ranks);
            loss.backward();
            return new Result(
                    loss.item_double(), doubles(regions.grad()), doubles(words.grad()), doubles(scale.grad())[0]);
        }
    }

    private static Tensor tensor(List<double[][]> items) {
        double[] flat = items.stream()
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        Tensor tensor = torch.empty(new long[] {flat.length / WIDTH, WIDTH}).to(ScalarType.Double);
        if (flat.length > 0) {
            try (DoublePointer data = tensor.data_ptr_double()) {
                data.put(flat);
            }
        }
        return tensor;
    }

    private static Result alone(Case pictures) {
        return compute(pictures, pictures.regionCount(), Ranks.ALONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void isTheLossOfItsDefinition(int pictures) {
        for (long seed = 0; seed < 5; seed++) {
            Case drawn = random(seed, pictures);
            assertThat(alone(drawn).loss()).as("seed " + seed).isCloseTo(drawn.plainLoss(), within(1e-12));
        }
    }

    @Test
    void changesAsItsGradientSays() {
        Case drawn = random(11, 4);
        Result result = alone(drawn);
        double step = 1e-6;
        int at = 0;
        for (double[][] rows : drawn.regions()) {
            for (double[] row : rows) {
                for (int i = 0; i < WIDTH; i++) {
                    assertThat(result.regionGradient()[at++]).isCloseTo(slope(drawn, row, i, step), within(1e-8));
                }
            }
        }
        assertThat(at).isPositive();
        at = 0;
        for (double[][] rows : drawn.words()) {
            for (double[] row : rows) {
                for (int i = 0; i < WIDTH; i++) {
                    assertThat(result.wordGradient()[at++]).isCloseTo(slope(drawn, row, i, step), within(1e-8));
                }
            }
        }
        double up = withScale(drawn, drawn.logScale() + step).plainLoss();
        double down = withScale(drawn, drawn.logScale() - step).plainLoss();
        assertThat(result.scaleGradient()).isCloseTo((up - down) / (2 * step), within(1e-8));
    }

    private static Case withScale(Case from, double logScale) {
        return new Case(from.regions(), from.words(), from.regionClasses(), from.wordClasses(), from.named(), logScale);
    }

    private static double slope(Case drawn, double[] row, int index, double step) {
        double before = row[index];
        row[index] = before + step;
        double up = drawn.plainLoss();
        row[index] = before - step;
        double down = drawn.plainLoss();
        row[index] = before;
        return (up - down) / (2 * step);
    }

    @Test
    void onePictureHasNoTermsAcross() {
        Case one = random(3, 1);
        long[] otherClasses =
                Arrays.stream(one.regionClasses().get(0)).map(c -> FREE).toArray();
        Case withoutClasses = new Case(
                one.regions(), one.words(), List.of(otherClasses), one.wordClasses(), one.named(), one.logScale());
        assertThat(alone(withoutClasses).loss()).isEqualTo(alone(one).loss());
    }

    @Test
    void freeTextSpreadsNeitherWay() {
        double[][] person = {{1, 0, 0, 0, 0, 0}};
        double[][] sentence = {{0.2, 1, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}};
        boolean[][] first = {{true}};
        boolean[][] second = {{false, true}};
        Case mixed = new Case(
                List.of(person, person),
                List.of(person, sentence),
                List.of(new long[] {5}, new long[] {FREE}),
                List.of(new long[] {5}, new long[] {FREE, FREE}),
                List.of(first, second),
                0);
        for (int word = 0; word < 2; word++) {
            assertThat(mixed.wanted(0, 0, 1, word)).isFalse();
        }
        assertThat(mixed.wanted(1, 0, 0, 0)).isFalse();
        assertThat(alone(mixed).loss()).isCloseTo(mixed.plainLoss(), within(1e-12));

        Case spread = new Case(
                mixed.regions(),
                mixed.words(),
                List.of(new long[] {5}, new long[] {5}),
                mixed.wordClasses(),
                mixed.named(),
                0);
        assertThat(alone(spread).loss())
                .as("with a class the second region would spread")
                .isNotCloseTo(alone(mixed).loss(), within(1e-3));
    }

    @Test
    void fourRanksOfOnePictureAreOneRankOfFour() {
        Case whole = random(17, 4);
        Result together = alone(whole);
        List<ThreadRanks> ranks = ThreadRanks.of(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Result>> running = ranks.stream()
                .map(rank -> CompletableFuture.supplyAsync(
                        () -> compute(whole.only(rank.rank()), whole.regionCount(), rank), threads))
                .toList();
        List<Result> parts = running.stream().map(CompletableFuture::join).toList();
        threads.shutdown();

        assertThat(parts.stream().mapToDouble(Result::loss).average().orElseThrow())
                .isCloseTo(together.loss(), within(1e-12));
        double[] regions = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.regionGradient()))
                .map(gradient -> gradient / 4) // averaged over ranks, as training does
                .toArray();
        assertThat(regions).containsExactly(together.regionGradient(), within(1e-12));
        double[] words = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.wordGradient()))
                .map(gradient -> gradient / 4)
                .toArray();
        assertThat(words).containsExactly(together.wordGradient(), within(1e-12));
        assertThat(parts.stream().mapToDouble(Result::scaleGradient).average().orElseThrow())
                .isCloseTo(together.scaleGradient(), within(1e-12));
    }

    @Test
    void nothingToCompareIsZero() {
        Case empty = random(5, 2).only(1);
        Result result = alone(empty);
        assertThat(result.loss()).isZero();
        assertThat(result.wordGradient()).containsOnly(0);
    }
}
