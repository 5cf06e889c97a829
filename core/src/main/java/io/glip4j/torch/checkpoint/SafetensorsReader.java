package io.glip4j.torch.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * safetensors: the header's length as 8 bytes, a JSON header of types, shapes and byte ranges, then the data. The data
 * must be covered without gap or overlap, as the format demands.
 */
final class SafetensorsReader {
    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = 8;
    /** The format's own limit. */
    static final long MAX_HEADER = 100_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength((int) MAX_HEADER)
                    .build())
            .build();

    private final FileContent file;
    private final BadFile errors;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsReader(FileContent file) {
        this.file = file;
        this.errors = file.errors();
    }

    static StateDict read(FileContent file) {
        SafetensorsReader reader = new SafetensorsReader(file);
        reader.header();
        return new FileStateDict(file, reader.tensors, reader.metadata);
    }

    private void header() {
        long length = file.int64(0);
        if (length < 2 || length > MAX_HEADER) {
            throw errors.malformed("wanted a header of 2.." + MAX_HEADER + " bytes, got " + length);
        }
        file.check(LENGTH_BYTES, length);
        long data = LENGTH_BYTES + length;
        try (JsonParser json = JSON.createParser(file.bytes(LENGTH_BYTES, (int) length))) {
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                expect(json.nextToken(), JsonToken.START_OBJECT, "the entry '" + name + "'");
                if (name.equals(METADATA)) {
                    readMetadata(json);
                } else {
                    tensors.put(name, readTensor(json, name, data));
                }
            }
            if (json.nextToken() != null) {
                throw errors.malformed("the header goes on after its end");
            }
        } catch (IOException e) {
            throw errors.malformed("its header is not the JSON of safetensors", e);
        }
        checkCover(data);
    }

    private void readMetadata(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING, "the metadata '" + key + "'");
            metadata.put(key, json.getText());
        }
    }

    private StoredTensor readTensor(JsonParser json, String name, long data) throws IOException {
        String type = "";
        List<Long> shape = null;
        List<Long> range = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = json.getText();
                case "shape" -> shape = readNumbers(json, name);
                case "data_offsets" -> range = readNumbers(json, name);
                default -> throw errors.malformed("the tensor '" + name + "' has the unknown field '" + field + "'");
            }
        }
        return located(name, type, shape, range, data);
    }

    private StoredTensor located(String name, String type, @Nullable List<Long> shape, List<Long> range, long data) {
        if (shape == null || range.size() != 2) {
            throw errors.malformed("the tensor '" + name + "' lacks its shape or its two data_offsets");
        }
        DType dtype = DType.ofName(type)
                .orElseThrow(() -> errors.unsupported("the tensor '" + name + "' is of type '" + type
                        + "'; glip4j reads " + List.of(DType.values())));
        TensorInfo info = TensorInfo.checked(errors, name, dtype, shape);
        long bytes = info.bytes();
        long begin = range.get(0);
        long end = range.get(1);
        if (end < begin || end - begin != bytes) {
            throw errors.malformed("the tensor '" + name + "' (" + info + ") needs " + bytes + " bytes, got the range "
                    + begin + ".." + end);
        }
        if (end > file.size() - data) {
            throw errors.malformed("the tensor '" + name + "' ends at byte " + end + " of the data, which has "
                    + (file.size() - data));
        }
        return StoredTensor.contiguous(info, data + begin);
    }

    private List<Long> readNumbers(JsonParser json, String name) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY, "a list of the tensor '" + name + "'");
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a number of the tensor '" + name + "'");
            long number = json.getLongValue();
            if (number < 0) {
                throw errors.malformed("the tensor '" + name + "' has the negative number " + number);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private void checkCover(long data) {
        List<Map.Entry<String, StoredTensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.<Map.Entry<String, StoredTensor>>comparingLong(
                        entry -> entry.getValue().start())
                .thenComparingLong(entry -> entry.getValue().info().bytes()));
        long end = data;
        for (Map.Entry<String, StoredTensor> entry : inOrder) {
            long start = entry.getValue().start();
            if (start != end) {
                throw errors.malformed("the data of '" + entry.getKey() + "' starts at " + start
                        + (start < end ? ", inside that of another tensor" : ", after a gap from " + end));
            }
            end = start + entry.getValue().info().bytes();
        }
        if (end != file.size()) {
            throw errors.malformed("its tensors end at byte " + end + ", the file at " + file.size());
        }
    }

    private void expect(@Nullable JsonToken got, JsonToken wanted, String where) {
        if (got != wanted) {
            throw errors.malformed("wanted " + wanted + " at " + where + ", got " + got);
        }
    }
}
