package org.billingtakeover.lists.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;

/**
 * How the text of a file is laid out.
 *
 * @param headerRecord how many records, such as a title, come before the headers
 */
record Layout(char separator, int headerRecord, Header header) {

    private static final List<Character> SEPARATORS = List.of(';', ',', '\t');
    private static final int START = 64 * 1024;
    private static final int RECORDS_TRIED = 10;

    // A quotation mark that is never closed would otherwise take in the rest of the file.
    private static final int LONGEST_CELL = 16 * 1024;
    private static final int MOST_CELLS = 500;

    /** The layout under which the start of the file has the most columns of an account list. */
    static Layout of(AccountList list, Encoding encoding) throws IOException, UnusableAccountList {
        String start = startOf(list, encoding);
        if (start.isBlank()) {
            throw new UnusableAccountList(ListFault.EMPTY_FILE, List.of());
        }
        Layout best = new Layout(',', 0, new Header(List.of()));
        for (char separator : SEPARATORS) {
            best = better(best, separator, start);
        }
        best.header().check();
        return best;
    }

    /** The records of a text. Lines are counted from 1; blank ones are skipped. */
    CsvReader<CsvRecord> records(Reader text) {
        return records(separator, text);
    }

    private static Layout better(Layout best, char separator, String start) {
        Layout better = best;
        try (CsvReader<CsvRecord> records = records(separator, new StringReader(start))) {
            int number = 0;
            for (CsvRecord record : records) {
                Header header = new Header(record.getFields());
                if (header.recognized() > better.header().recognized()) {
                    better = new Layout(separator, number, header);
                }
                number++;
                if (number == RECORDS_TRIED) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            // The start may end within a record, or not be separated in this way; what was found before counts.
            return better;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return better;
    }

    private static CsvReader<CsvRecord> records(char separator, Reader text) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(2 * LONGEST_CELL)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(LONGEST_CELL)
                                .maxFields(MOST_CELLS)
                                .build(),
                        text);
    }

    private static String startOf(AccountList list, Encoding encoding) throws IOException {
        try (Reader text = encoding.reader(list.open())) {
            char[] start = new char[START];
            int length = 0;
            for (int read = 0; read >= 0 && length < START; read = text.read(start, length, START - length)) {
                length += read;
            }
            return new String(start, 0, length);
        }
    }
}
