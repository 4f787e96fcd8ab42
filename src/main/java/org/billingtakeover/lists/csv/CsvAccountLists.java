package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
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
        ListText text = new ListText(list);
        try {
            PushbackReader fromStart = new PushbackReader(text, Layout.START);
            return new CsvLines(text, fromStart, Layout.of(fromStart));
        } catch (IOException | UnusableAccountList | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    private record First(long line, CompanyId company) {}

    private static final class CsvLines implements Lines {

        private final ListText text;
        private final Header header;
        private final Records records;

        /** The line of each company so far, by its id without leading zeros: the only thing that grows with the file. */
        private final Map<String, First> firsts = new HashMap<>();

        /** Likewise the companies of bad lines. */
        private final Set<String> onBadLines = new HashSet<>();

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
        public boolean names(CompanyId company) {
            String id = company.withoutLeadingZeros();
            return firsts.containsKey(id) || onBadLines.contains(id);
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
            CompanyId company = line.companyId().orElse(null);
            if (company == null) {
                row.companyOfBadLine().map(CompanyId::withoutLeadingZeros).ifPresent(onBadLines::add);
                return line;
            }
            First first = firsts.putIfAbsent(company.withoutLeadingZeros(), new First(line.number(), company));
            if (first == null) {
                return line;
            }
            String firstLine = Long.toString(first.line);
            LineProblem problem = first.company.equals(company)
                    ? row.problemOf(ListColumn.COMPANY_ID, ListFault.TWICE_IN_FILE, List.of(firstLine))
                    : row.problemOf(
                            ListColumn.COMPANY_ID, ListFault.DOUBTFUL_ID, List.of(firstLine, first.company.text()));
            return new ListLine.Bad(line.number(), List.of(problem));
        }
    }
}
