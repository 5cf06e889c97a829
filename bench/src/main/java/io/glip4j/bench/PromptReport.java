package io.glip4j.bench;

import io.glip4j.model.GlipConfig;
import io.glip4j.torch.Form;
import io.glip4j.torch.TorchRuntime;
import java.util.Locale;

/**
 * What a vocabulary of 1,203 classes, 40 a pass, costs against one prompt of 14 classes, the picture encoded once; and
 * what {@code nano} costs against {@code tiny}. Both in turn, in one run.
 */
public final class PromptReport {
    private static final int PASSES = 31;
    private static final int TOKENS_OF_14_CLASSES = 48;
    private static final int TOKENS_OF_40_CLASSES = 130;
    private static final int ROUNDS = 3;

    private PromptReport() {}

    public static void main(String[] arguments) {
        TorchRuntime.setThreads(2);
        Input shortPrompt = new Input(800, 1344, TOKENS_OF_14_CLASSES, 2);
        Input longPrompt = new Input(800, 1344, TOKENS_OF_40_CLASSES, 2);
        Input small = new Input(384, 640, TOKENS_OF_14_CLASSES, 2);
        Series times = new Series();
        for (Form form : new Form[] {Form.FAST, Form.BFLOAT16}) {
            try (Contender one = new Contender(GlipConfig.preset("tiny"), form, shortPrompt);
                    Contender many = new Contender(GlipConfig.preset("tiny"), form, longPrompt);
                    Contender nano = new Contender(GlipConfig.preset("nano"), form, small)) {
                one.prompts(1);
                many.prompts(1);
                for (int pass = 0; pass < 20; pass++) {
                    nano.prompts(1);
                }
                for (int round = 0; round < ROUNDS; round++) {
                    times.add(form + " one prompt", one.prompts(1));
                    times.add(form + " nano", nano.prompts(1));
                    times.add(form + " all passes", many.prompts(PASSES));
                }
            }
            say("%n%s, 2 threads, %d rounds%n| | minimum | median | maximum |%n|---|---|---|---|%n", form, ROUNDS);
            row("tiny, 14 classes, 48 tokens, s", times.spread(form + " one prompt"));
            row("tiny, 31 passes of 40 classes, 130 tokens, s", times.spread(form + " all passes"));
            row("times one prompt", times.ratio(form + " all passes", form + " one prompt"));
            row("nano at 384 x 640, 48 tokens, s", times.spread(form + " nano"));
            row("tiny takes times as long", times.ratio(form + " one prompt", form + " nano"));
        }
    }

    private static void row(String name, Series.Spread spread) {
        say("| %s | %.2f | %.2f | %.2f |%n", name, spread.min(), spread.median(), spread.max());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
