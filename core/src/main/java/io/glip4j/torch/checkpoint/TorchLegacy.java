package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.PickleValue.Constant;
import io.glip4j.torch.checkpoint.PickleValue.Dict;
import io.glip4j.torch.checkpoint.PickleValue.Sequence;
import io.glip4j.torch.checkpoint.PickleValue.Storage;
import io.glip4j.torch.checkpoint.PickleValue.Text;
import io.glip4j.torch.checkpoint.PickleValue.Whole;
import io.glip4j.torch.checkpoint.TorchFile.Region;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PyTorch's form of {@code .pth} before 1.6: five pickles (magic number, version, byte order, the object, the keys of
 * its storages), then each storage as its length in elements and its data.
 */
final class TorchLegacy {
    private static final Whole MAGIC = new Whole(new BigInteger("1950a86a20f9469cfc6c", 16));
    private static final Whole VERSION = Whole.of(1001);

    private final FileContent file;
    private final BadFile errors;

    private TorchLegacy(FileContent file) {
        this.file = file;
        this.errors = file.errors();
    }

    static StateDict read(FileContent file) {
        return new TorchLegacy(file).read();
    }

    private StateDict read() {
        PickleInput input = new PickleInput(file, 0, file.size());
        if (!PickleReader.read(input).equals(MAGIC)) {
            throw errors.unsupported("it is a pickle, but not one of torch.save; wanted .pth or .safetensors");
        }
        if (!PickleReader.read(input).equals(VERSION)) {
            throw errors.unsupported("its version of PyTorch's format is unknown; wanted 1001");
        }
        if (PickleReader.read(input) instanceof Dict system
                && system.items().get(new Text("little_endian")) == Constant.FALSE) {
            throw errors.unsupported("its byte order is big-endian; wanted little-endian");
        }
        PickleReader.Result object = PickleReader.readWithStorages(input);
        Map<String, Region> regions = regions(input, object.storages());
        return TorchFile.read(file, object.value(), storage -> Optional.ofNullable(regions.get(storage.key())));
    }

    /** The widths of elements are known only from the object that uses the storages. */
    private Map<String, Region> regions(PickleInput input, Map<String, Storage> storages) {
        if (!(PickleReader.read(input) instanceof Sequence keys)) {
            throw errors.malformed("the list of its storages is missing");
        }
        Map<String, Region> regions = new HashMap<>();
        Set<String> seen = new HashSet<>();
        long at = input.position();
        for (PickleValue item : keys.items()) {
            if (!(item instanceof Text key) || !seen.add(key.value())) {
                throw errors.malformed("the list of its storages names one twice or without text");
            }
            Storage storage = storages.get(key.value());
            if (storage == null) {
                throw errors.malformed("it lists the storage '" + key.value() + "', which nothing uses");
            }
            long count = file.int64(at);
            if (count < 0 || count > file.size()) {
                throw errors.malformed("the storage '" + key.value() + "' has " + count + " elements");
            }
            long start = at + Long.BYTES;
            long size = count * storage.dtype().bytes();
            file.check(start, size);
            regions.put(key.value(), new Region(start, size));
            at = start + size;
        }
        return regions;
    }
}
