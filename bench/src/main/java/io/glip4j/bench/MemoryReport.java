package io.glip4j.bench;

import io.glip4j.Glip;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.GlipConfig;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What one process takes that loads a model and grounds pictures of 800 x 1333 pixels, or the embedded nano: its largest
 * resident memory (of Linux), and the seconds from its start to the first answer.
 */
public final class MemoryReport {
    private static final int WIDTH = 1333;
    private static final int HEIGHT = 800;
    private static final int PICTURES = 3;
    private static final List<String> CLASSES = List.of(
            "person", "bicycle", "car", "dog", "cat", "chair", "bottle", "bus", "boat", "bird", "horse", "sheep", "cow",
            "table");

    private MemoryReport() {}

    /** {@code write FILE} a tiny of drawn weights; {@code ground FILE|nano FORM}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("write")) {
            try (TrainableModel model = TrainableModel.fresh(GlipConfig.preset("tiny"), 1)) {
                model.write(Path.of(arguments[1]), TrainConfig.published(1), Precision.FULL);
            }
            return;
        }
        Form form = Form.valueOf(arguments[2]);
        try (Glip glip =
                arguments[1].equals("nano") ? Glip.load(form) : Glip.load(Path.of(arguments[1]), Device.CPU, form)) {
            Picture picture = new Picture(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);
            Prompt prompt = Prompt.classes(CLASSES);
            glip.ground(picture, prompt);
            long sinceStart = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            for (int i = 1; i < PICTURES; i++) {
                glip.ground(picture, prompt);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f s | %.2f GB |%n",
                    arguments[1].equals("nano") ? "nano" : "tiny",
                    form,
                    sinceStart / 1e3,
                    largestResident() / 1e9);
        }
    }

    /** Most bytes this process has held in memory so far. */
    static long largestResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1_024)
                .findFirst()
                .orElseThrow();
    }
}
