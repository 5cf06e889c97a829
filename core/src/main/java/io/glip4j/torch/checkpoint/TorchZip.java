package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.TorchFile.Region;

/** The zip form of {@code .pth}, PyTorch's own since 1.6: a pickle {@code data.pkl} and one stored entry a storage. */
final class TorchZip {
    private static final String PICKLE = "data.pkl";
    private static final String DATA = "data/";
    private static final String BYTE_ORDER = "byteorder";
    private static final String LITTLE = "little";
    private static final int MAX_BYTE_ORDER = 16;

    private TorchZip() {}

    static StateDict read(FileContent file) {
        BadFile errors = file.errors();
        StoredZip zip = new StoredZip(file);
        StoredZip.Entry pickle = zip.entries().values().stream()
                .filter(entry -> entry.name().equals(PICKLE) || entry.name().endsWith("/" + PICKLE))
                .findFirst()
                .orElseThrow(() -> errors.unsupported("it is a zip file without " + PICKLE
                        + "; wanted a .pth file that torch.save wrote, or .safetensors"));
        String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
        zip.entry(folder + BYTE_ORDER).ifPresent(entry -> checkByteOrder(file, entry));
        PickleValue root = PickleReader.read(new PickleInput(file, pickle.start(), pickle.size()));
        return TorchFile.read(
                file,
                root,
                storage ->
                        zip.entry(folder + DATA + storage.key()).map(entry -> new Region(entry.start(), entry.size())));
    }

    private static void checkByteOrder(FileContent file, StoredZip.Entry entry) {
        String order = file.utf8(entry.start(), (int) Math.min(MAX_BYTE_ORDER, entry.size()));
        if (!order.strip().equals(LITTLE)) {
            throw file.errors().unsupported("its byte order is '" + order.strip() + "'; wanted '" + LITTLE + "'");
        }
    }
}
