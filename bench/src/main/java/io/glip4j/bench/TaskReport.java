package io.glip4j.bench;

import io.glip4j.inference.Answerer;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.inference.Describer;
import io.glip4j.inference.Grounder;
import io.glip4j.inference.Segmenter;
import io.glip4j.inference.decoding.Decoding;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.output.Detection;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TorchRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What each task costs, from a picture in memory to its result, in turn in one run; weights are drawn. */
public final class TaskReport {
    private static final String USAGE = "usage: bench/tasks [PRESET THREADS ROUNDS], default: nano 2 5";
    private static final int OPTIONS = 3;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int ANSWERS = 3_129;
    private static final int MASKS = 10;
    private static final int WORDS = 12;
    private static final long SEED = 1;
    private static final double NANOS = 1e9;

    private TaskReport() {}

    /** The options of {@code USAGE}, all or none. */
    public static void main(String[] arguments) {
        if (arguments.length != 0 && arguments.length != OPTIONS) {
            System.err.println(USAGE);
            System.exit(2);
        }
        boolean given = arguments.length > 0;
        String preset = given ? arguments[0] : "nano";
        int threads = given ? Integer.parseInt(arguments[1]) : 2;
        int rounds = given ? Integer.parseInt(arguments[2]) : 5;
        TorchRuntime.setThreads(threads);
        List<String> answers =
                IntStream.range(0, ANSWERS).mapToObj(i -> "answer " + i).toList();
        GlipConfig config = GlipConfig.preset(preset)
                .withAlso(Set.of(GlipConfig.Head.MASK, GlipConfig.Head.NEXT_WORD))
                .withAnswers(new AnswerVocabulary(answers));
        try (Parameters parameters = Parameters.seeded(SEED);
                Tokenizer tokenizer = Grounder.usualTokenizer(config.textEncoder())) {
            GlipModel model = new GlipModel(parameters.in(Form.FAST), config);
            Series times = measure(tasks(config, model, tokenizer), rounds);
            System.out.printf(
                    "`%s`, fast form, a picture of %d x %d, %d threads, %d rounds, seconds:%n%n",
                    preset, WIDTH, HEIGHT, threads, rounds);
            print(times);
        }
    }

    private static Map<String, Runnable> tasks(GlipConfig config, GlipModel model, Tokenizer tokenizer) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(SEED).nextBytes(rgb);
        Picture picture = new Picture(WIDTH, HEIGHT, rgb);
        Prompt prompt = Prompt.classes(List.of("person", "dog", "car", "traffic light"));
        Grounder grounder = new Grounder(model, config, tokenizer, Device.CPU);
        Segmenter segmenter = new Segmenter(model, config, grounder);
        Answerer answerer = new Answerer(model, config, grounder);
        Describer describer = new Describer(model, config, tokenizer, Device.CPU, grounder);
        List<Detection> found = grounder.ground(picture, prompt).detections();
        double threshold = found.isEmpty()
                ? 0
                : found.get(Math.min(MASKS, found.size()) - 1).score();
        DescribeOptions words = DescribeOptions.DEFAULT.withMaxWords(WORDS).withGrounding(false);
        Map<String, Runnable> tasks = new LinkedHashMap<>();
        tasks.put("ground, four names", () -> grounder.ground(picture, prompt));
        tasks.put("segment, " + MASKS + " masks", () -> segmenter.segment(picture, prompt, threshold));
        tasks.put("answer, with boxes", () -> answerer.answer(picture, "What is left of the dog?"));
        tasks.put(
                "describe, " + WORDS + " words, greedy",
                () -> describer.describe(picture, words.withDecoding(new Decoding.Greedy())));
        tasks.put("describe, " + WORDS + " words, five beams", () -> describer.describe(picture, words));
        return tasks;
    }

    /** The first round warms up. */
    private static Series measure(Map<String, Runnable> tasks, int rounds) {
        Series times = new Series();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Runnable> task : tasks.entrySet()) {
                long start = System.nanoTime();
                task.getValue().run();
                if (round > 0) {
                    times.add(task.getKey(), (System.nanoTime() - start) / NANOS);
                }
            }
        }
        return times;
    }

    private static void print(Series times) {
        System.out.println("| task | min | median | max |");
        System.out.println("|---|---|---|---|");
        for (String name : times.names()) {
            Series.Spread spread = times.spread(name);
            System.out.printf(
                    Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", name, spread.min(), spread.median(), spread.max());
        }
    }
}
