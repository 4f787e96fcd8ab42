package org.billingtakeover.lists;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.ImportResult.Missing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a firm's accounts up to date with a list that its office exported. Good lines are kept and bad ones reported; what is
 * known of clients that the list does not name stays as it is. The same list again changes nothing.
 */
@Component
public class ImportAccountList {

    private static final Logger LOG = LoggerFactory.getLogger(ImportAccountList.class);

    /** Lines written together: few enough to hold and to lock, enough to make round trips rare. */
    static final int BATCH = 500;

    private final AccountListReader reader;
    private final Accounts accounts;
    private final StopDates stopDates;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ImportAccountList(
            AccountListReader reader,
            Accounts accounts,
            StopDates stopDates,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.reader = reader;
        this.accounts = accounts;
        this.stopDates = stopDates;
        this.events = events;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    /** How far an import is. */
    public record Progress(int linesRead, int percent) {}

    /** Follows an import, so that it can go on where it broke off. */
    @FunctionalInterface
    public interface Course {

        /** What became of the lines that an earlier attempt has stored; empty for a first attempt. */
        default Optional<ImportResult> before() {
            return Optional.empty();
        }

        /** Whether the list is said to name every client of the firm. */
        default boolean isOfWholeFirm() {
            return false;
        }

        /** Told after each batch, in the transaction that stores it if it is stored. */
        void isAt(Progress progress, ImportResult soFar);

        /** Told at the end, in the transaction in which it is told to whoever keeps records. */
        default void ended(ImportResult result) {}
    }

    /**
     * Imports a list. Every batch of lines is a transaction of its own; after a breakdown, importing the list again goes on.
     *
     * @param dryRun tells what an import would do and writes nothing
     * @param actor who imports: the user's id, or what runs the import without anybody signed in
     * @throws java.util.concurrent.CancellationException as {@code course} throws it; nothing of the batch was stored then
     * @throws UnusableAccountList if no line can be read; nothing was written then
     * @throws java.util.NoSuchElementException if there is no such firm
     */
    public ImportResult run(FirmId firmId, AccountList list, boolean dryRun, String actor, Course course)
            throws IOException, UnusableAccountList {
        Firm firm = accounts.firm(firmId);
        try (AccountListReader.Lines lines = reader.read(list)) {
            Run run = new Run(firm, lines, dryRun, course);
            if (!dryRun && course.before().isEmpty()) {
                transactions.executeWithoutResult(
                        status -> events.publishEvent(new AccountListImport.Begun(firmId, actor)));
            }
            ImportResult result = run.toTheEnd();
            transactions.executeWithoutResult(status -> {
                if (!dryRun) {
                    events.publishEvent(new AccountListImport.Ended(firmId, actor, result));
                }
                course.ended(result);
            });
            return result;
        }
    }

    /** Tells that an import will not go on; of a dry run nothing was told. {@code alongside} is done in the same transaction. */
    public void breakOff(FirmId firmId, boolean dryRun, String actor, Runnable alongside) {
        transactions.executeWithoutResult(status -> {
            if (!dryRun) {
                events.publishEvent(new AccountListImport.BrokenOff(firmId, actor));
            }
            alongside.run();
        });
    }

    /** One import under way. */
    private final class Run {

        private final Firm firm;
        private final AccountListReader.Lines lines;
        private final boolean dryRun;
        private final Course course;
        private Tally tally;

        Run(Firm firm, AccountListReader.Lines lines, boolean dryRun, Course course) {
            this.firm = firm;
            this.lines = lines;
            this.dryRun = dryRun;
            this.course = course;
            this.tally = course.before().map(Tally::new).orElseGet(Tally::new);
        }

        ImportResult toTheEnd() {
            for (int before = soFar().linesRead(); before > 0 && lines.hasNext(); before--) {
                lines.next();
            }
            List<ListLine> batch = new ArrayList<>(BATCH);
            while (lines.hasNext()) {
                batch.add(lines.next());
                if (batch.size() == BATCH || !lines.hasNext()) {
                    if (dryRun) {
                        isNow(compare(firm, batch).tally);
                    } else {
                        storeWhatCanBe(batch);
                    }
                    batch.clear();
                }
            }
            return course.isOfWholeFirm() ? soFar().with(missing()) : soFar();
        }

        private List<Missing> missing() {
            List<Missing> missing = new ArrayList<>();
            List<Account> some = accounts.ofFirm(firm.id(), "", 0, BATCH);
            for (int offset = BATCH; !some.isEmpty(); offset += BATCH) {
                some.stream()
                        .map(Account::client)
                        .filter(client -> !lines.names(client.companyId()))
                        .map(client -> new Missing(client.companyId(), client.name()))
                        .forEach(missing::add);
                some = accounts.ofFirm(firm.id(), "", offset, BATCH);
            }
            return missing;
        }

        private void storeWhatCanBe(List<ListLine> batch) {
            Tally before = tally;
            try {
                transactions.executeWithoutResult(status -> isNow(store(firm, batch)));
            } catch (DataAccessResourceFailureException
                    | CannotCreateTransactionException
                    | CancellationException noFaultOfTheLines) {
                throw noFaultOfTheLines;
            } catch (RuntimeException e) {
                tally = before;
                if (batch.size() == 1) {
                    Tally bad = notStored(batch.get(0).number(), e);
                    transactions.executeWithoutResult(status -> isNow(bad));
                    return;
                }
                // One line must not take the others with it; each gets a transaction of its own.
                batch.forEach(line -> storeWhatCanBe(List.of(line)));
            }
        }

        private void isNow(Tally more) {
            tally = tally.with(more);
            ImportResult soFar = soFar();
            course.isAt(new Progress(soFar.linesRead(), lines.percentRead()), soFar);
        }

        private ImportResult soFar() {
            return tally.result(dryRun, lines.ignoredColumns());
        }
    }

    private static Tally notStored(long line, RuntimeException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        // The database's own message quotes the row, which is personal data.
        LOG.error(
                "Line {} of an account list could not be stored: {} {}",
                line,
                cause.getClass().getName(),
                cause instanceof SQLException sql ? sql.getSQLState() : "");
        Tally tally = new Tally();
        tally.bad(List.of(new LineProblem(line, null, "", ListFault.NOT_STORED, List.of())));
        return tally;
    }

    private Tally store(Firm firm, List<ListLine> batch) {
        accounts.lockListOf(firm.id());
        Difference difference = compare(firm, batch);
        accounts.save(difference.toSave);
        if (!difference.payers.isEmpty()) {
            events.publishEvent(new PayersImported(difference.payers));
        }
        difference.changes.forEach(events::publishEvent);
        return difference.tally;
    }

    private Difference compare(Firm firm, List<ListLine> batch) {
        List<CompanyId> companyIds =
                batch.stream().flatMap(line -> line.companyId().stream()).toList();
        Map<CompanyId, Account> known = accounts.ofCompanies(firm.id(), companyIds);
        Map<String, CompanyId> others = accounts.differingByZeros(firm.id(), companyIds);
        Difference difference = new Difference();
        for (ListLine line : batch) {
            Account before = line.companyId().map(known::get).orElse(null);
            CompanyId other = line.companyId()
                    .map(CompanyId::withoutLeadingZeros)
                    .map(others::get)
                    .orElse(null);
            if (before == null && other != null) {
                difference.tally.bad(List.of(new LineProblem(
                        line.number(),
                        null,
                        line.companyId().orElseThrow().text(),
                        ListFault.DOUBTFUL_KNOWN_ID,
                        List.of(other.text()))));
            } else if (line instanceof ListLine.Complete complete) {
                ListedClient client = complete.client();
                LocalDate today = LocalDate.now(clock.withZone(client.timeZone()));
                if (client.stopDate() != null && client.stopDate().isBefore(today)) {
                    String date = client.stopDate().toString();
                    difference.tally.warn(
                            new LineProblem(line.number(), null, date, ListFault.STOP_DATE_PAST, List.of(date)));
                }
                difference.note(before, client.on(firm, before, today, stopDates), today);
            } else if (line instanceof ListLine.Incomplete incomplete) {
                if (before == null) {
                    difference.tally.leftOut(incomplete.missing());
                } else {
                    LocalDate today =
                            LocalDate.now(clock.withZone(before.client().timeZone()));
                    difference.note(before, before.without(incomplete.missing()), today);
                }
            } else if (line instanceof ListLine.Skipped skipped) {
                difference.tally.skipped++;
                difference.tally.warn(
                        new LineProblem(line.number(), null, skipped.text(), ListFault.NO_CLIENT, List.of()));
            } else if (line instanceof ListLine.Bad bad) {
                difference.tally.bad(bad.problems());
            }
        }
        return difference;
    }

    /** What a batch of lines tells that is not known yet. */
    private static final class Difference {

        final Tally tally = new Tally();
        final List<Account> toSave = new ArrayList<>();
        final List<Payers> payers = new ArrayList<>();
        final List<AccountChanged> changes = new ArrayList<>();

        void note(@Nullable Account before, Account now, LocalDate today) {
            if (before == null) {
                tally.added++;
            } else if (now.equals(before)) {
                tally.unchanged++;
                return;
            } else {
                tally.changed++;
                if (now.differsBeyondName(before)) {
                    changes.add(new AccountChanged(now.client().id()));
                }
            }
            toSave.add(now);
            if (before == null || !now.hasPayersOf(before)) {
                payers.add(new Payers(
                        now.firm().id(),
                        now.client().companyId(),
                        now.online().payer(),
                        now.time().payer(),
                        today));
            }
        }
    }

    /** The counts of an import so far. */
    private static final class Tally {

        int added;
        int changed;
        int unchanged;
        int skipped;
        int badLines;
        int problemCount;
        final Map<Product, Integer> leftOut = new EnumMap<>(Product.class);
        final List<LineProblem> problems = new ArrayList<>();
        final List<LineProblem> warnings = new ArrayList<>();

        Tally() {}

        Tally(ImportResult soFar) {
            added = soFar.added();
            changed = soFar.changed();
            unchanged = soFar.unchanged();
            skipped = soFar.skipped();
            badLines = soFar.badLines();
            warnings.addAll(soFar.warnings());
            leftOut.putAll(soFar.leftOut());
            keep(soFar.problems(), soFar.problemCount());
        }

        void leftOut(Product missing) {
            leftOut.merge(missing, 1, Integer::sum);
        }

        void bad(List<LineProblem> found) {
            badLines++;
            keep(found, found.size());
        }

        void warn(LineProblem warning) {
            if (warnings.size() < ImportResult.PROBLEMS_KEPT) {
                warnings.add(warning);
            }
        }

        Tally with(Tally more) {
            Tally both = new Tally();
            both.add(this);
            both.add(more);
            return both;
        }

        private void add(Tally other) {
            added += other.added;
            changed += other.changed;
            unchanged += other.unchanged;
            skipped += other.skipped;
            badLines += other.badLines;
            other.warnings.forEach(this::warn);
            other.leftOut.forEach((missing, count) -> leftOut.merge(missing, count, Integer::sum));
            keep(other.problems, other.problemCount);
        }

        private void keep(List<LineProblem> found, int count) {
            problemCount += count;
            found.stream().limit(ImportResult.PROBLEMS_KEPT - problems.size()).forEach(problems::add);
        }

        ImportResult result(boolean dryRun, List<String> ignoredColumns) {
            return new ImportResult(
                    dryRun,
                    added,
                    changed,
                    unchanged,
                    leftOut,
                    skipped,
                    badLines,
                    problems,
                    problemCount,
                    warnings,
                    ignoredColumns,
                    List.of(),
                    0);
        }
    }
}
