package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a text of separated values, in its order. A quotation mark that is opened and not closed costs its own line and none of
 * those behind it.
 */
final class Records {

    // A mark that is never closed would otherwise take in the rest of the file.
    private static final int LONGEST_RECORD = 16 * 1024;
    private static final int ANY = -1;

    private final Reader text;
    private final char separator;

    /** Lines that were read ahead. */
    private final Deque<Line> ahead = new ArrayDeque<>();

    private final char[] buffer = new char[8192];
    private int position;
    private int limit;
    private boolean behindReturn;
    private long number;
    private int cellsExpected = ANY;

    Records(Reader text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /**
     * @param line where it starts, counted from 1
     * @param broken whether a mark that is not closed makes it unsure which cells there are
     */
    record Record(long line, List<String> cells, boolean broken) {}

    /** From now on a cell goes on in the next line only if the record then has so many cells. */
    void expect(int cells) {
        cellsExpected = cells;
    }

    /** The next record; null at the end. Empty lines are skipped. */
    @Nullable
    Record next() throws IOException {
        Line first = take();
        while (first != null && first.text.isEmpty()) {
            first = take();
        }
        if (first == null) {
            return null;
        }
        Cells cells = new Cells();
        cells.add(first.text);
        if (!cells.isOpen()) {
            List<String> read = cells.read();
            return new Record(first.number, read, first.tooLong || (!cells.strict && isUnexpected(read)));
        }
        List<Line> more = new ArrayList<>();
        int length = first.text.length();
        while (cells.isOpen() && length <= LONGEST_RECORD) {
            Line line = take();
            if (line == null) {
                break;
            }
            more.add(line);
            length += line.text.length();
            cells.add("\n");
            cells.add(line.text);
        }
        if (!cells.isOpen() && cells.strict && !isUnexpected(cells.read())) {
            return new Record(first.number, cells.read(), false);
        }
        for (int i = more.size() - 1; i >= 0; i--) {
            ahead.addFirst(more.get(i));
        }
        Cells alone = new Cells();
        alone.add(first.text);
        return new Record(first.number, alone.read(), true);
    }

    private boolean isUnexpected(List<String> cells) {
        return cellsExpected != ANY && cells.size() != cellsExpected;
    }

    private @Nullable Line take() throws IOException {
        Line line = ahead.poll();
        return line == null ? readLine() : line;
    }

    private @Nullable Line readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        boolean any = false;
        boolean tooLong = false;
        for (int sign = read(); sign >= 0; sign = read()) {
            boolean ofReturn = behindReturn && sign == '\n';
            behindReturn = sign == '\r';
            if (ofReturn) {
                continue;
            }
            any = true;
            if (sign == '\n' || sign == '\r') {
                break;
            }
            if (line.length() < 2 * LONGEST_RECORD) {
                line.append((char) sign);
            } else {
                tooLong = true;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return new Line(number, line.toString(), tooLong);
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = text.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        return buffer[position++];
    }

    private record Line(long number, String text, boolean tooLong) {}

    /** Takes a record apart. */
    private final class Cells {

        private final List<String> done = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private Within within = Within.START;

        /** No sign follows a closing mark but the separator or the end. */
        private boolean strict = true;

        void add(String part) {
            for (int i = 0; i < part.length(); i++) {
                add(part.charAt(i));
            }
        }

        private void add(char sign) {
            if (within == Within.QUOTED) {
                if (sign == '"') {
                    within = Within.CLOSED;
                } else {
                    cell.append(sign);
                }
            } else if (sign == separator) {
                done.add(cell.toString());
                cell.setLength(0);
                within = Within.START;
            } else if (sign == '"' && within == Within.START) {
                within = Within.QUOTED;
            } else if (sign == '"' && within == Within.CLOSED) {
                cell.append(sign);
                within = Within.QUOTED;
            } else {
                strict = strict && within != Within.CLOSED;
                cell.append(sign);
                within = Within.PLAIN;
            }
        }

        boolean isOpen() {
            return within == Within.QUOTED;
        }

        List<String> read() {
            List<String> all = new ArrayList<>(done);
            all.add(cell.toString());
            return all;
        }
    }

    private enum Within {
        START,
        PLAIN,
        QUOTED,
        CLOSED
    }
}
