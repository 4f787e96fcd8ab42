package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has the integration stopped of a client whose bills stay separate, on its stop date and told in time: as the end of a case, while one goes
 * on, or without any. Nothing else does. It has stopped once the platform says so.
 */
@Component
public class StopIntegration {

    /** What the platform confirms is heard at once: this finds what was missed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

    private final CaseFiles files;
    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Holds holds;
    private final TellParties tell;
    private final TellOfStop notices;
    private final OrderIntegration order;
    private final Clock clock;

    StopIntegration(
            CaseFiles files,
            Accounts accounts,
            Takeovers takeovers,
            Holds holds,
            TellParties tell,
            TellOfStop notices,
            OrderIntegration order,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.holds = holds;
        this.tell = tell;
        this.notices = notices;
        this.order = order;
        this.clock = clock;
    }

    /** What a stop waits for. */
    public enum Step {
        /** Firm and client are to be told of the date. */
        WARN,
        /** For a day, or for the platform, which is to stop it. */
        WAIT,
        STOP,
        /** The client has one payer, its case sees to it, or it has stopped already. */
        NOTHING
    }

    /**
     * @param step what is due now
     * @param lookAt when the next step is due; now where one is due already
     * @param stopAt when the stop date begins for the client
     */
    public record Due(Step step, Instant lookAt, Instant stopAt) {}

    /** What is due now on the way to the stop; a case learns its stop date. */
    @Transactional
    public Attempt<Due> plan(Subject about) {
        if (about instanceof ClientKey key) {
            Account account = accounts.account(key.client());
            boolean leftToTheCase =
                    open(account).filter(each -> each.state().seesToTheStop()).isPresent();
            return Attempt.done(due(account, leftToTheCase || holds.isInDoubt(account)));
        }
        CaseFile file = files.lock((TakeoverKey) about);
        Due due = due(file.account(), false);
        if (file.state() instanceof State.Stopping) {
            return Attempt.done(due);
        }
        LocalDate stopDate =
                LocalDate.ofInstant(due.stopAt(), file.account().client().timeZone());
        return files.attempt(
                        file,
                        Actors.SYSTEM,
                        file.ask(
                                State.Separate.class,
                                "notHere",
                                separate -> separate.stopPlanned(stopDate, due.stopAt())))
                .map(planned -> due);
    }

    private Due due(Account account, boolean leftToOthers) {
        Client client = account.client();
        Instant now = clock.instant();
        LocalDate stopDate = stopDate(client);
        Instant stopAt = stopAt(client);
        if (leftToOthers || !isRunningForTwoPayers(account)) {
            return new Due(Step.NOTHING, now, stopAt);
        }
        Instant warnAt = notices.dueAt(client, stopDate);
        boolean isPossible = notices.possible(client, stopDate).equals(stopDate);
        if (order.isStopOrdered(client)) {
            return new Due(Step.WAIT, now.plus(BETWEEN_LOOKS), stopAt);
        }
        if (isPossible && !now.isBefore(stopAt)) {
            return new Due(Step.STOP, now, stopAt);
        }
        if (!isPossible || !now.isBefore(warnAt) && !notices.isPosted(client, stopDate)) {
            return new Due(Step.WARN, now, stopAt);
        }
        return new Due(Step.WAIT, now.isBefore(warnAt) ? warnAt : stopAt, stopAt);
    }

    /** Tells firm and client on which day the integration stops; a day that comes too early to be told of is moved first. */
    @Transactional
    public Attempt<Account> warn(Subject about) {
        if (about instanceof ClientKey key) {
            Account account = accounts.account(key.client());
            Optional<CaseFile> open = ownCase(account);
            Account warned = warn(open.<Subject>map(CaseFile::key).orElse(about), account, open);
            open.ifPresent(files::withAccountAsItIs);
            return Attempt.done(warned);
        }
        CaseFile file = files.lock((TakeoverKey) about);
        Account warned = warn(about, file.account(), Optional.of(file));
        CaseFile moved = files.withAccountAsItIs(file);
        LocalDate stopDate = moved.today(stopAt(warned.client()));
        return files.attempt(
                        moved,
                        Actors.SYSTEM,
                        moved.ask(
                                State.Stopping.class,
                                "notHere",
                                stopping -> stopping.stopPlanned(stopDate, stopAt(warned.client()))))
                .map(CaseFile::account);
    }

    private Account warn(Subject about, Account account, Optional<CaseFile> open) {
        return notices.warn(about, account, open, notices.possible(account.client(), stopDate(account.client())));
    }

    /**
     * Orders the stop, unless the client has come to one payer or to an agreement meanwhile, or lists of it are in doubt.
     *
     * @return whether it was ordered just now; false also if it was before
     */
    @Transactional
    public Attempt<Boolean> stop(Subject about) {
        return about instanceof ClientKey client
                ? Attempt.done(stopWithoutCase(client.client()))
                : stopOfCase((TakeoverKey) about);
    }

    private Attempt<Boolean> stopOfCase(TakeoverKey key) {
        CaseFile file = files.lock(key);
        Account account = file.account();
        if (file.ask(State.Stopping.class, "notHere", stopping -> stopping.dueAt(clock.instant()))
                instanceof Verdict.Denied denied) {
            return Attempt.refused(denied);
        }
        if (holds.isInDoubt(account)) {
            return Attempt.refused(Verdict.denied(Holds.IN_DOUBT));
        }
        if (!isRunningForTwoPayers(account)) {
            return Attempt.done(false);
        }
        Verdict verdict = notices.notice(account.client(), stopDate(account.client()))
                .map(notice ->
                        file.ask(State.Stopping.class, "notHere", stopping -> stopping.toStop(notice, clock.instant())))
                .orElseGet(() -> Verdict.denied("notYet"));
        return verdict instanceof Verdict.Denied denied
                ? Attempt.refused(denied)
                : Attempt.done(order(account, Optional.of(file)));
    }

    private boolean stopWithoutCase(UUID clientId) {
        Account account = accounts.account(clientId);
        Optional<CaseFile> open = open(account);
        boolean leftToTheCase =
                open.filter(file -> file.state().seesToTheStop()).isPresent();
        if (leftToTheCase
                || holds.isInDoubt(account)
                || !isRunningForTwoPayers(account)
                || clock.instant().isBefore(stopAt(account.client()))
                || notices.notice(account.client(), stopDate(account.client())).isEmpty()) {
            return false;
        }
        return order(account, open.filter(file -> file.takeover().clientId().equals(clientId)));
    }

    private Optional<CaseFile> open(Account account) {
        return takeovers.openOfCompany(account.client().companyId()).map(found -> files.lock(found.key()));
    }

    private Optional<CaseFile> ownCase(Account account) {
        return open(account)
                .filter(file ->
                        file.takeover().clientId().equals(account.client().id()));
    }

    /** As a part of the case, if there is one. */
    private boolean order(Account account, Optional<CaseFile> file) {
        LocalDate stopDate = stopDate(account.client());
        Optional<IntegrationKey> ordered = order.stop(account, file.map(CaseFile::key), stopDate);
        ordered.ifPresent(key -> file.ifPresent(its -> files.turn(
                its,
                Actors.SYSTEM,
                new Verdict.Allowed(its.state(), List.of(new Happening.StopOrdered(key, stopDate))))));
        return ordered.isPresent();
    }

    /** Tells firm and client, in the open case if there is one, that the integration has stopped and how it starts again. */
    @Transactional
    public void tell(Subject about) {
        if (about instanceof TakeoverKey key) {
            CaseFile file = files.read(key);
            tell.integrationStopped(key, file.account(), Optional.of(file));
        } else {
            Account account = accounts.account(((ClientKey) about).client());
            Optional<CaseFile> open = ownCase(account);
            tell.integrationStopped(open.<Subject>map(CaseFile::key).orElse(about), account, open);
        }
    }

    private static boolean isRunningForTwoPayers(Account account) {
        return account.hasTwoPayers() && account.client().integration().status() == IntegrationStatus.ACTIVE;
    }

    private Instant stopAt(Client client) {
        return BillingDates.startOf(stopDate(client), client.timeZone());
    }

    /** Today where none is known, which is too early for anybody to have been told of it. */
    private LocalDate stopDate(Client client) {
        LocalDate stopDate = client.integration().stopDate();
        return stopDate == null ? LocalDate.ofInstant(clock.instant(), client.timeZone()) : stopDate;
    }
}
