package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileSafetensorsTest {
    /** Each header stands before 8 bytes of data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}|'a' ends at byte 12 of the data, which has 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,12]}}|needs 8 bytes, got the range 0..12",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|got the range 8..0",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|negative number -2",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}|negative number -8",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]}}|larger than any memory",
                "{'a':{'dtype':'F32','shape':[9999999999999999999],'data_offsets':[0,8]}}|not the JSON of safetensors",
                "{'a':{'dtype':'F32','shape':[0.5],'data_offsets':[0,8]}}|wanted VALUE_NUMBER_INT",
                "{'a':{'dtype':'F32','shape':[2]}}|lacks its shape or its two data_offsets",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}}|lacks its shape or its two data_offsets",
                "{'a':{'shape':[2],'data_offsets':[0,8]}}|is of type ''",
                "{'a':{'dtype':'Q4','shape':[2],'data_offsets':[0,8]}}|is of type 'Q4'; glip4j reads [F64, F32",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'code':1}}|unknown field 'code'",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|its tensors end at byte",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|after a gap",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|"
                        + "inside that of another",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|"
                        + "not the JSON of safetensors",
                "{'a':[1]}|wanted START_OBJECT at the entry 'a'",
                "{'__metadata__':{'a':{}}}|wanted VALUE_STRING at the metadata 'a'",
                "{'a':{'dtype':'F32','shape':[[[[[[[[[[[1]]]]]]]]]]],'data_offsets':[0,8]}}|wanted VALUE_NUMBER_INT",
                "{'a':|not the JSON of safetensors",
                "{} {}|goes on after its end",
            })
    void isRefused(String header, String named) {
        assertBad(file(header), named);
    }

    @Test
    void manyAxesAreRefused() {
        String axes = "1,".repeat(64) + "2";
        assertBad(file("{'a':{'dtype':'F32','shape':[" + axes + "],'data_offsets':[0,8]}}"), "65 axes");
    }

    @Test
    void absurdHeaderSizesAreRefused() {
        for (long length : new long[] {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 100_000_001, 1L << 32}) {
            assertBad(sized(length), "wanted a header of 2..100000000 bytes, got " + length);
        }
        assertBad(sized(99_999_999), "wanted 99999999 bytes at 8, got a file of");
    }

    @Test
    void otherFilesAreRefused() {
        assertBad(new byte[0], "it has only 0 bytes");
        assertBad("#!/bin/sh\nrm -rf everything\n".getBytes(StandardCharsets.UTF_8), "neither a .pth nor");
    }

    private static void assertBad(byte[] file, String named) {
        assertThatThrownBy(() -> Checkpoints.read("bad.safetensors", file))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining("bad.safetensors")
                .hasMessageContaining(named);
    }

    private static byte[] file(String header) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static byte[] sized(long length) {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{')
                .array();
    }
}
