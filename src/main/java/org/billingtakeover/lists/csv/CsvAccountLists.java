package org.billingtakeover.lists.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.AccountListReader;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.ListColumn;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.ListLine;
import org.billingtakeover.lists.UnusableAccountList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class CsvAccountLists implements AccountListReader {

    @Override
    public Lines read(AccountList list) throws IOException, UnusableAccountList {
        Encoding encoding = Encoding.of(list);
        return new CsvLines(list, encoding, Layout.of(list, encoding));
    }

    private static final class CsvLines implements Lines {

        private final Header header;
        private final CountingStream bytes;
        private final long size;
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;

        /** The line of each company so far: the only thing that grows with the file. */
        private final Map<CompanyId, Long> lineOfCompany = new HashMap<>();

        private @Nullable ListLine next;
        private long endOfLast;
        private boolean brokenOff;

        CsvLines(AccountList list, Encoding encoding, Layout layout) throws IOException {
            header = layout.header();
            size = sizeOf(list);
            bytes = new CountingStream(list.open());
            reader = layout.records(encoding.reader(bytes));
            records = reader.iterator();
            for (int i = 0; i <= layout.headerRecord(); i++) {
                endOfLast = lastLineOf(records.next());
            }
            next = advance();
        }

        @Override
        public List<String> ignoredColumns() {
            return header.ignored();
        }

        @Override
        public int percentRead() {
            return next == null || size == 0 ? 100 : (int) (100 * bytes.count / size);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public ListLine next() {
            ListLine line = next;
            if (line == null) {
                throw new NoSuchElementException();
            }
            next = advance();
            return line;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }

        private @Nullable ListLine advance() {
            try {
                while (!brokenOff && records.hasNext()) {
                    CsvRecord record = records.next();
                    endOfLast = lastLineOf(record);
                    Row row = new Row(header, record);
                    if (!row.isBlank()) {
                        return oncePerCompany(row);
                    }
                }
                return null;
            } catch (CsvParseException e) {
                brokenOff = true;
                long line = endOfLast + 1;
                return new ListLine.Bad(
                        line, List.of(new LineProblem(line, null, "", ListFault.BROKEN_OFF, List.of())));
            }
        }

        private ListLine oncePerCompany(Row row) {
            ListLine line = row.read();
            Optional<Long> earlier = line.companyId().map(company -> lineOfCompany.putIfAbsent(company, line.number()));
            return earlier.<ListLine>map(first -> new ListLine.Bad(
                            line.number(),
                            List.of(row.problemOf(
                                    ListColumn.COMPANY_ID, ListFault.TWICE_IN_FILE, List.of(first.toString())))))
                    .orElse(line);
        }

        private static long lastLineOf(CsvRecord record) {
            return record.getStartingLineNumber()
                    + record.getFields().stream()
                            .mapToLong(field -> field.lines().count() - (field.isEmpty() ? 0 : 1))
                            .sum();
        }

        private static long sizeOf(AccountList list) throws IOException {
            try (InputStream in = list.open()) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static final class CountingStream extends FilterInputStream {

        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
