package org.billingtakeover.lists;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.AccountNotFollowed;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AccountsListed;
import org.billingtakeover.account.ClientSearch;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.IntegrationsShown;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersShown;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.Batches.Batch;
import org.billingtakeover.lists.ImportResult.Missing;
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
 * Brings a firm's accounts up to date with a list that its office exported. A list is a claim as of one day: good lines are kept and bad
 * ones reported; where it contradicts the books, or nobody can tell whom it means, somebody is asked and nothing changes. What is known
 * of clients that the list does not name stays as it is. The same list again changes nothing.
 */
@Component
public class ImportAccountList {

    private static final Logger LOG = LoggerFactory.getLogger(ImportAccountList.class);

    /** Lines written together: few enough to hold and to lock, enough to make round trips rare. */
    static final int BATCH = 500;

    private final AccountListReader reader;
    private final Accounts accounts;
    private final CompanySpellings spellings;
    private final PayerBooks books;
    private final Doubts doubts;
    private final StopDates stopDates;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ImportAccountList(
            AccountListReader reader,
            Accounts accounts,
            CompanySpellings spellings,
            PayerBooks books,
            Doubts doubts,
            StopDates stopDates,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.reader = reader;
        this.accounts = accounts;
        this.spellings = spellings;
        this.books = books;
        this.doubts = doubts;
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

        /** Told after each batch, in the transaction that stores it if it is stored. */
        void isAt(Progress progress, ImportResult soFar);

        /** Told at the end, in the transaction in which it is told to whoever keeps records. */
        default void ended(ImportResult result) {}
    }

    /**
     * Imports a list. Every batch of lines is a transaction of its own; after a breakdown, importing the list again goes on.
     *
     * @param claim what whoever imports the list says of it
     * @param dryRun tells what an import would do and writes nothing
     * @param actor who imports: the user's id, or what runs the import without anybody signed in
     * @throws java.util.concurrent.CancellationException as {@code course} throws it; nothing of the batch was stored then
     * @throws UnusableAccountList if no line can be read; nothing was written then
     * @throws java.util.NoSuchElementException if there is no such firm
     */
    public ImportResult run(FirmId firmId, AccountList list, Claim claim, boolean dryRun, String actor, Course course)
            throws IOException, UnusableAccountList {
        Firm firm = accounts.firm(firmId);
        try (AccountListReader.Lines lines = reader.read(list)) {
            Run run = new Run(firm, lines, claim, dryRun, course);
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
        private final Claim claim;
        private final boolean dryRun;
        private final Course course;
        private Tally tally;
        private int percentRead;

        Run(Firm firm, AccountListReader.Lines lines, Claim claim, boolean dryRun, Course course) {
            this.firm = firm;
            this.lines = lines;
            this.claim = claim;
            this.dryRun = dryRun;
            this.course = course;
            this.tally = course.before().map(Tally::new).orElseGet(Tally::new);
        }

        ImportResult toTheEnd() {
            for (int before = soFar().linesRead(); before > 0 && lines.hasNext(); before--) {
                lines.next();
            }
            try (Batches batches = new Batches(lines, BATCH)) {
                for (Batch batch = batches.next(); !batch.lines().isEmpty(); batch = batches.next()) {
                    percentRead = batch.percentRead();
                    if (dryRun) {
                        isNow(compare(firm, batch.lines(), claim.asOf()).tally());
                    } else {
                        storeWhatCanBe(batch.lines());
                    }
                }
            }
            return claim.whole() ? withMissing() : soFar();
        }

        /** They are asked about, and held until somebody answers. */
        private ImportResult withMissing() {
            List<UUID> missing = new ArrayList<>();
            transactions.executeWithoutResult(status -> accounts.eachOfFirm(firm.id(), each -> {
                if (!lines.names(each.listedAs()) && !lines.names(each.companyId())) {
                    missing.add(each.clientId());
                }
            }));
            for (int from = 0; from < missing.size() && !dryRun; from += BATCH) {
                List<UUID> some = missing.subList(from, Math.min(from + BATCH, missing.size()));
                transactions.executeWithoutResult(status -> doubts.notListed(some, claim.asOf()));
            }
            return result(first(missing), missing.size());
        }

        /** What is urgent first. */
        private List<Missing> first(Collection<UUID> missing) {
            if (missing.isEmpty()) {
                return List.of();
            }
            ClientSearch search = new ClientSearch("", false, false, false, Set.copyOf(missing));
            return accounts.ofFirm(firm.id(), search, 0, ImportResult.PROBLEMS_KEPT).stream()
                    .map(Account::client)
                    .map(client -> new Missing(client.companyId(), client.name()))
                    .toList();
        }

        private void storeWhatCanBe(List<ListLine> batch) {
            Tally before = tally;
            try {
                transactions.executeWithoutResult(
                        status -> isNow(store(firm, batch, claim.asOf(), changed -> changed)));
            } catch (DataAccessResourceFailureException
                    | CannotCreateTransactionException
                    | CancellationException noFaultOfTheLines) {
                throw noFaultOfTheLines;
            } catch (RuntimeException e) {
                tally = before;
                if (batch.size() == 1) {
                    storeUnfollowed(batch, e);
                    return;
                }
                // One line must not take the others with it; each gets a transaction of its own.
                batch.forEach(line -> storeWhatCanBe(List.of(line)));
            }
        }

        /** What a list says is kept, also where whoever follows the client cannot. */
        private void storeUnfollowed(List<ListLine> line, RuntimeException why) {
            Tally before = tally;
            try {
                transactions.executeWithoutResult(status ->
                        isNow(store(firm, line, claim.asOf(), changed -> new AccountNotFollowed(changed.clientId()))));
                LOG.error(
                        "What line {} of an account list changed could not be followed: {}",
                        line.get(0).number(),
                        NestedExceptionUtils.getMostSpecificCause(why)
                                .getClass()
                                .getName());
            } catch (DataAccessResourceFailureException
                    | CannotCreateTransactionException
                    | CancellationException noFaultOfTheLine) {
                throw noFaultOfTheLine;
            } catch (RuntimeException e) {
                tally = before;
                Tally bad = notStored(line.get(0).number(), e);
                transactions.executeWithoutResult(status -> isNow(bad));
            }
        }

        private void isNow(Tally more) {
            tally = tally.with(more);
            ImportResult soFar = soFar();
            course.isAt(new Progress(soFar.linesRead(), percentRead), soFar);
        }

        private ImportResult soFar() {
            return result(List.of(), 0);
        }

        private ImportResult result(List<Missing> missing, int missingCount) {
            return tally.result(dryRun, lines.ignoredColumns(), missing, missingCount);
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
        tally.bad(new LineProblem(line, null, "", ListFault.NOT_STORED, List.of()));
        return tally;
    }

    /** @param tells what is told of each client of whom something changed */
    private Tally store(Firm firm, List<ListLine> batch, LocalDate asOf, Function<AccountChanged, Object> tells) {
        events.publishEvent(new AccountsListed(
                batch.stream().flatMap(line -> line.companyId().stream()).toList()));
        accounts.lockListOf(firm.id());
        Comparison found = compare(firm, batch, asOf);
        accounts.save(found.toSave());
        accounts.listed(found.named(), asOf);
        if (!found.payers().isEmpty()) {
            events.publishEvent(new PayersImported(found.payers()));
        }
        if (!found.shown().isEmpty()) {
            events.publishEvent(new PayersShown(firm.id(), asOf, found.shown()));
        }
        if (!found.integrations().isEmpty()) {
            events.publishEvent(new IntegrationsShown(firm.id(), asOf, found.integrations()));
        }
        for (Product product : Product.values()) {
            doubts.payersAgree(found.agreeing(product), product);
        }
        doubts.raise(found.contradictions(), asOf);
        doubts.listed(found.named(), asOf);
        found.doubtful().forEach((line, resembles) -> spellings.ask(firm.id(), line, resembles));
        found.changes().stream().map(tells).forEach(events::publishEvent);
        // Behind what locks cases, in the order in which a case that pays takes its turn.
        events.publishEvent(new CommissionsListed(firm.id(), asOf, found.unpaid()));
        return found.tally();
    }

    private Comparison compare(Firm firm, List<ListLine> batch, LocalDate asOf) {
        Comparison comparison =
                new Comparison(firm, asOf, Known.of(firm.id(), batch, accounts, spellings, books), stopDates, clock);
        batch.forEach(comparison::compare);
        return comparison;
    }
}
