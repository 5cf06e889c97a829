package io.glip4j.torch.checkpoint;

import java.nio.file.Path;

/** Opens checkpoint files of every kind that glip4j knows. */
public final class Checkpoints {
    private static final long ZIP = 0x04034b50L;
    private static final int PICKLE = 0x80;

    private Checkpoints() {}

    /**
     * Opens a {@code .pth} file (zip or legacy form; a state dict, alone or under {@code model}) or a safetensors file.
     * The content decides, not the name. Nothing in the file is ever run.
     *
     * @throws io.glip4j.GlipException UNREADABLE_FILE, BAD_CHECKPOINT where the file is damaged or of another kind,
     *     UNSAFE_CHECKPOINT where it asks for more than tensors and plain containers
     */
    public static StateDict open(Path path) {
        return open(FileContent.open(path));
    }

    /**
     * The same for a small file that is in memory already, such as a resource of a jar.
     *
     * @param source what it is, for messages
     */
    public static StateDict read(String source, byte[] content) {
        return open(FileContent.of(source, content));
    }

    private static StateDict open(FileContent file) {
        try {
            return readHeader(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static StateDict readHeader(FileContent file) {
        if (file.size() < SafetensorsReader.LENGTH_BYTES + 2) {
            throw file.errors().malformed("it has only " + file.size() + " bytes");
        }
        if (file.unsignedByte(SafetensorsReader.LENGTH_BYTES) == '{') {
            return SafetensorsReader.read(file);
        }
        if (file.unsignedInt(0) == ZIP) {
            return TorchZip.read(file);
        }
        if (file.unsignedByte(0) == PICKLE) {
            return TorchLegacy.read(file);
        }
        throw file.errors().unsupported("it is neither a .pth nor a .safetensors file; wanted one of them");
    }
}
