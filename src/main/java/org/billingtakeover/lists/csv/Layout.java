package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.StringReader;
import java.util.List;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;

/**
 * How the text of a file is laid out.
 *
 * @param headerRecord how many records, such as a title, come before the headers
 */
record Layout(char separator, int headerRecord, Header header) {

    private static final List<Character> SEPARATORS = List.of(';', ',', '\t');
    static final int START = 64 * 1024;
    private static final int RECORDS_TRIED = 10;

    /** The layout under which the start of the text, which is given back, has the most columns of an account list. */
    static Layout of(PushbackReader text) throws IOException, UnusableAccountList {
        String start = startOf(text);
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

    private static Layout better(Layout best, char separator, String start) throws IOException {
        Layout better = best;
        List<String> above = List.of();
        Records records = new Records(new StringReader(start), separator);
        Records.Record record = records.next();
        for (int number = 0; record != null && number < RECORDS_TRIED; number++) {
            for (Header header : List.of(new Header(record.cells()), new Header(record.cells(), above))) {
                if (header.recognized() > better.header().recognized()) {
                    better = new Layout(separator, number, header);
                }
            }
            above = record.cells();
            record = records.next();
        }
        return better;
    }

    private static String startOf(PushbackReader text) throws IOException {
        char[] start = new char[START];
        int length = 0;
        for (int read = 0; read >= 0 && length < START; read = text.read(start, length, START - length)) {
            length += read;
        }
        text.unread(start, 0, length);
        return new String(start, 0, length);
    }
}
