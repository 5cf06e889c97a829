package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

    @Test
    void masksTheChecksumAsTheFormatWants() {
        // CRC-32C of "123456789" is e3069283 (RFC 3720); masked: rotated right by 15, plus a282ead8.
        assertThat(EventFile.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Integer.rotateRight(0xe3069283, 15) + 0xa282ead8);
    }

    @Test
    void writesRecordsThatReadBack() throws IOException {
        Path path;
        try (EventFile file = EventFile.in(folder.resolve("runs"))) {
            path = file.path();
            file.scalars(7, new LinkedHashMap<>(Map.of("loss/total", 1.5)));
            file.scalars(300, Map.of("rate", 0.25));
        }
        assertThat(path.getFileName().toString()).contains("tfevents");
        List<String> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(bytes.position(), length);
            byte[] event = new byte[Math.toIntExact(bytes.getLong())];
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedCrc(length));
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedCrc(event));
            events.add(describe(CodedInputStream.newInstance(event)));
        }
        assertThat(events)
                .containsExactly("1:time 3:brain.Event:2", "1:time 2:7 5:loss/total=1.5", "1:time 2:300 5:rate=0.25");
    }

    private static String describe(CodedInputStream event) throws IOException {
        List<String> fields = new ArrayList<>();
        for (int tag = event.readTag(); tag != 0; tag = event.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            fields.add(field
                    + ":"
                    + switch (field) {
                        case 1 -> event.readDouble() > 1.7e9 ? "time" : "no time";
                        case 2 -> Long.toString(event.readInt64());
                        case 3 -> event.readString();
                        case 5 -> value(event.readByteBuffer());
                        default -> "unknown";
                    });
        }
        return String.join(" ", fields);
    }

    private static String value(ByteBuffer summary) throws IOException {
        CodedInputStream list = CodedInputStream.newInstance(summary);
        assertThat(WireFormat.getTagFieldNumber(list.readTag())).isEqualTo(1);
        CodedInputStream value = CodedInputStream.newInstance(list.readByteBuffer());
        assertThat(WireFormat.getTagFieldNumber(value.readTag())).isEqualTo(1);
        String tag = value.readString();
        assertThat(WireFormat.getTagFieldNumber(value.readTag())).isEqualTo(2);
        return tag + "=" + value.readFloat();
    }
}
