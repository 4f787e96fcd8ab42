package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops the integration of a client whose bills stay separate, on its stop date: as the end of a case, while one goes on, or without any. */
@Component
public class StopIntegration {

    private final CaseFiles files;
    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Holds holds;
    private final TellParties tell;
    private final Clock clock;

    StopIntegration(
            CaseFiles files, Accounts accounts, Takeovers takeovers, Holds holds, TellParties tell, Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.holds = holds;
        this.tell = tell;
        this.clock = clock;
    }

    /** @return when the stop date begins for the client; in the past if it has begun, now if none is known */
    @Transactional
    public Attempt<Instant> plan(Subject about) {
        if (about instanceof ClientKey client) {
            return Attempt.done(stopAt(accounts.account(client.client()).client()));
        }
        CaseFile file = files.lock((TakeoverKey) about);
        if (file.state() instanceof State.Stopping stopping) {
            return Attempt.done(stopping.stopAt());
        }
        Client client = file.account().client();
        Instant at = stopAt(client);
        LocalDate stopDate = LocalDate.ofInstant(at, client.timeZone());
        return files.attempt(
                        file,
                        Actors.SYSTEM,
                        file.ask(State.Separate.class, "notHere", separate -> separate.stopPlanned(stopDate, at)))
                .map(planned -> at);
    }

    /**
     * Stops the integration, unless the client has come to one payer or to an agreement meanwhile, or lists of it are in doubt.
     *
     * @return whether it stopped just now; false also if it had stopped before
     */
    @Transactional
    public Attempt<Boolean> stop(Subject about) {
        return about instanceof ClientKey client
                ? Attempt.done(stopWithoutCase(client.client()))
                : stopOfCase((TakeoverKey) about);
    }

    private Attempt<Boolean> stopOfCase(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (file.ask(State.Stopping.class, "notHere", stopping -> stopping.stopped(clock.instant()))
                instanceof Verdict.Denied denied) {
            return Attempt.refused(denied);
        }
        if (holds.isInDoubt(file.account())) {
            return Attempt.refused(Verdict.denied(Holds.IN_DOUBT));
        }
        return Attempt.done(isRunningForTwoPayers(file.account()) && stopIn(file));
    }

    private boolean stopWithoutCase(UUID clientId) {
        Account account = accounts.account(clientId);
        Optional<CaseFile> open =
                takeovers.openOfCompany(account.client().companyId()).map(found -> files.lock(found.key()));
        boolean leftToTheCase =
                open.filter(file -> file.state().seesToTheStop()).isPresent();
        if (leftToTheCase
                || holds.isInDoubt(account)
                || !isRunningForTwoPayers(account)
                || !stopDateHasBegun(account.client())) {
            return false;
        }
        Optional<CaseFile> ownCase =
                open.filter(file -> file.takeover().clientId().equals(clientId));
        return ownCase.isPresent() ? stopIn(ownCase.get()) : stop(account.client(), false);
    }

    /** As a part of a case, which goes on. */
    private boolean stopIn(CaseFile file) {
        stop(file.account().client(), file.wasAgreed());
        files.withAccountAsItIs(files.turn(
                file, Actors.SYSTEM, new Verdict.Allowed(file.state(), List.of(new Happening.IntegrationStopped()))));
        return true;
    }

    private boolean stop(Client client, boolean wasKept) {
        accounts.changeIntegration(client.id(), new Integration(IntegrationStatus.STOPPED, stoppedOn(client, wasKept)));
        return true;
    }

    /** Tells firm and client, in the open case if there is one, that the integration has stopped and how it starts again. */
    @Transactional
    public void tell(Subject about) {
        if (about instanceof TakeoverKey key) {
            CaseFile file = files.read(key);
            tell.integrationStopped(key, file.account(), Optional.of(file));
        } else {
            Account account = accounts.account(((ClientKey) about).client());
            Optional<CaseFile> open = takeovers
                    .openOfCompany(account.client().companyId())
                    .filter(found -> found.clientId().equals(account.client().id()))
                    .map(found -> files.read(found.key()));
            tell.integrationStopped(open.<Subject>map(CaseFile::key).orElse(about), account, open);
        }
    }

    /** Clients whose stop date has begun, whose bills are still separate, about whom nothing is in doubt, and whose case, if any, does not see to it. */
    public List<Client> overdue() {
        LocalDate latestTodayOnEarth = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
        return accounts.splitWithStopDateUpTo(latestTodayOnEarth).stream()
                .map(Account::client)
                .filter(this::stopDateHasBegun)
                .filter(client -> takeovers
                        .openOfCompany(client.companyId())
                        .filter(open -> open.state().seesToTheStop())
                        .isEmpty())
                .toList();
    }

    private static boolean isRunningForTwoPayers(Account account) {
        return account.arrangement() == BillingArrangement.SPLIT
                && account.client().integration().status() == IntegrationStatus.ACTIVE;
    }

    /** The stop date, however late we come to it; today where an agreement that has failed kept the integration beyond it. */
    private LocalDate stoppedOn(Client client, boolean wasKept) {
        LocalDate stopDate = client.integration().stopDate();
        return stopDate == null || wasKept ? LocalDate.ofInstant(clock.instant(), client.timeZone()) : stopDate;
    }

    private boolean stopDateHasBegun(Client client) {
        return client.integration().stopDate() != null && !stopAt(client).isAfter(clock.instant());
    }

    private Instant stopAt(Client client) {
        LocalDate stopDate = client.integration().stopDate();
        return stopDate == null ? clock.instant() : BillingDates.startOf(stopDate, client.timeZone());
    }
}
