package io.glip4j.data.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.FileSlice;
import io.glip4j.data.LineFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture and its caption, whose phrases need not have boxes.
 *
 * @param name of the picture's file, or of the sample in a tar file
 * @param place where the picture lies in a tar file, if it does
 */
public record CaptionedPicture(String name, String caption, Optional<FileSlice> place) {
    /** Those of JSON lines such as {@code {"image": "a.jpg", "caption": "a dog"}}; ODVG records will do, too. */
    public static List<CaptionedPicture> inLines(Path file, BadRecordLog log) {
        List<CaptionedPicture> pictures = new ArrayList<>();
        LineFile.read(file, log, (line, place) -> {
            RegionRecord record = RegionRecord.parse(line);
            pictures.add(new CaptionedPicture(record.picture(), caption(record.caption()), Optional.empty()));
        });
        return pictures;
    }

    /** Those of a tar file or a folder of them, as WebDataset writes them. */
    public static List<CaptionedPicture> inShards(Path shards, BadRecordLog log) {
        List<CaptionedPicture> pictures = new ArrayList<>();
        for (Path shard : TarShard.list(shards)) {
            TarShard.read(
                    shard,
                    log,
                    sample -> pictures.add(new CaptionedPicture(
                            sample.key(),
                            caption(sample.record()
                                    .flatMap(json ->
                                            RegionRecord.parse(json.read()).caption())
                                    .or(() -> sample.text().map(CaptionedPicture::read))),
                            Optional.of(sample.picture()))));
        }
        return pictures;
    }

    private static String caption(Optional<String> given) {
        return given.map(String::strip)
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> new GlipException(ErrorCode.BAD_ANNOTATIONS, "wanted a caption, got none"));
    }

    static String read(FileSlice text) {
        return new String(text.read(), StandardCharsets.UTF_8).strip();
    }
}
