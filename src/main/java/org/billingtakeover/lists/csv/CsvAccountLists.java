package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.AccountListReader;
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
        ListText text = new ListText(list);
        try {
            PushbackReader fromStart = new PushbackReader(text, Layout.START);
            return new CsvLines(text, fromStart, Layout.of(fromStart));
        } catch (IOException | UnusableAccountList | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    private static final class CsvLines implements Lines {

        private final ListText text;
        private final Header header;
        private final Records records;

        /** The line of each company so far: the only thing that grows with the file. */
        private final Map<CompanyId, Long> lineOfCompany = new HashMap<>();

        private @Nullable ListLine next;

        CsvLines(ListText text, PushbackReader fromStart, Layout layout) throws IOException {
            this.text = text;
            header = layout.header();
            records = new Records(fromStart, layout.separator());
            for (int i = 0; i <= layout.headerRecord(); i++) {
                records.next();
            }
            records.expect(header.size());
            next = advance();
        }

        @Override
        public List<String> ignoredColumns() {
            return header.ignored();
        }

        @Override
        public int percentRead() {
            return next == null ? 100 : text.percentTaken();
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
            try {
                next = advance();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }

        private @Nullable ListLine advance() throws IOException {
            for (Records.Record record = records.next(); record != null; record = records.next()) {
                Row row = new Row(header, record);
                if (!row.isBlank()) {
                    return oncePerCompany(row);
                }
            }
            return null;
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
    }
}
