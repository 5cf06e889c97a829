package io.glip4j.data.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of a CSV file, one after the other; errors name file and line. */
final class CsvRows {
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    private final Path file;
    private final List<String> columns;
    private final BadRecordLog log;
    private final Map<String, Integer> place = new HashMap<>();

    private CsvRows(Path file, List<String> columns, BadRecordLog log) {
        this.file = file;
        this.columns = columns;
        this.log = log;
    }

    /** One row by the names of its columns. */
    interface Row {
        /** The text of a column. */
        String text(String column);

        /** The number in a column. */
        double number(String column);
    }

    /**
     * Reads a file.
     *
     * @param columns those that are wanted; they are the file's, in this order, where its first row does not name them
     * @param taker of a row; an error it throws leaves the row out
     * @throws GlipException {@code UNREADABLE_FILE}; {@code BAD_ANNOTATIONS} if the file is not CSV or too many rows are
     *     bad
     */
    static void read(Path file, List<String> columns, BadRecordLog log, Consumer<Row> taker) {
        new CsvRows(file, columns, log).read(taker);
    }

    private void read(Consumer<Row> taker) {
        try (MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(file.toFile())) {
            boolean first = true;
            while (rows.hasNextValue()) {
                String[] cells = rows.nextValue();
                int line = rows.getParser().currentTokenLocation().getLineNr();
                if (!(first && isHeader(cells))) {
                    take(taker, cells, line);
                }
                first = false;
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    file + ": line " + line + ": wanted CSV, got " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.UNREADABLE_FILE, file + ": wanted a readable file, got " + e, e);
        }
    }

    private boolean isHeader(String... cells) {
        List<String> names = Arrays.stream(cells).map(String::strip).toList();
        boolean named = names.contains(columns.get(0));
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            place.put(column, named ? names.indexOf(column) : i);
            if (named && !names.contains(column)) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS, file + ": wanted the columns " + columns + ", got " + names);
            }
        }
        return named;
    }

    private void take(Consumer<Row> taker, String[] cells, int line) {
        try {
            taker.accept(new Cells(cells));
        } catch (GlipException e) {
            log.add(new GlipException(e.code(), file + ": line " + line + ": " + e.getMessage(), e));
        }
    }

    private final class Cells implements Row {
        private final String[] cells;

        Cells(String... cells) {
            this.cells = cells;
        }

        @Override
        public String text(String column) {
            int at = place.getOrDefault(column, cells.length);
            if (at >= cells.length || cells[at].isBlank()) {
                throw bad("wanted a value as " + column + ", got none");
            }
            return cells[at].strip();
        }

        @Override
        public double number(String column) {
            String text = text(column);
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw bad("wanted a number as " + column + ", got " + text);
            }
        }
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
