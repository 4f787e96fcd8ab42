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
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops the integration of a client whose bills stay separate, on its stop date: as the end of a case, while one goes on, or without any. */
@Component
public class StopIntegration {

    private static final String WITHOUT_CASE = "STOP-";

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final TellParties tell;
    private final CaseEvents events;
    private final Clock clock;

    StopIntegration(Accounts accounts, Takeovers takeovers, TellParties tell, CaseEvents events, Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.tell = tell;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param key the case's key, or {@link #keyWithoutCase}
     * @return when the stop date begins for the client; in the past if it has begun, now if none is known
     */
    @Transactional
    public Instant plan(String key) {
        Client client = accounts.account(clientId(key)).client();
        LocalDate stopDate = client.integration().stopDate();
        Instant stopAt = stopDate == null ? clock.instant() : BillingDates.startOf(stopDate, client.timeZone());
        if (isCase(key)) {
            takeovers.update(takeovers.lock(key).stopping(stopAt));
            events.add(key, Actors.SYSTEM, CaseEvents.What.STOP_PLANNED, String.valueOf(stopDate));
        }
        return stopAt;
    }

    /**
     * Stops the integration, unless the client has come to one payer or to an agreement meanwhile.
     *
     * @return whether it stopped just now; false also if it had stopped before
     */
    @Transactional
    public boolean stop(String key) {
        UUID clientId = clientId(key);
        Optional<Takeover> open = takeovers
                .openOfCompany(accounts.account(clientId).client().companyId())
                .map(found -> takeovers.lock(found.key()));
        Account account = accounts.account(clientId);
        boolean leftToTheCase =
                !isCase(key) && open.filter(found -> !stopsMeanwhile(found)).isPresent();
        Integration integration = account.client().integration();
        if (leftToTheCase
                || account.arrangement() != BillingArrangement.SPLIT
                || integration.status() == IntegrationStatus.STOPPED) {
            return false;
        }
        Optional<String> ownCase =
                open.filter(found -> found.clientId().equals(clientId)).map(Takeover::key);
        boolean wasKept = ownCase.filter(this::wasAgreed).isPresent();
        accounts.changeIntegration(
                clientId, new Integration(IntegrationStatus.STOPPED, stoppedOn(account.client(), wasKept)));
        ownCase.ifPresent(found -> events.add(found, Actors.SYSTEM, CaseEvents.What.INTEGRATION_STOPPED, null));
        return true;
    }

    /** Tells firm and client, in the open case if there is one, that the integration has stopped and how it starts again. */
    @Transactional
    public void tell(String key) {
        Client client = accounts.account(clientId(key)).client();
        String about = takeovers
                .openOfCompany(client.companyId())
                .filter(open -> open.clientId().equals(client.id()))
                .map(Takeover::key)
                .orElse(key);
        tell.integrationStopped(about, client.id());
    }

    /** Clients whose stop date has begun, whose bills are still separate, and whose case, if any, does not see to it. */
    public List<Client> overdue() {
        LocalDate latestTodayOnEarth = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
        return accounts.splitWithStopDateUpTo(latestTodayOnEarth).stream()
                .map(Account::client)
                .filter(this::stopDateHasBegun)
                .filter(client -> takeovers
                        .openOfCompany(client.companyId())
                        .filter(open -> !stopsMeanwhile(open))
                        .isEmpty())
                .toList();
    }

    /** What is agreed keeps the integration until the switch; a case that only waits for the stop date stops it by itself. */
    private static boolean stopsMeanwhile(Takeover open) {
        return switch (open.stage()) {
            case REVIEW, ASKING, CLOSED -> true;
            case SCHEDULED, PROBLEM, STOPPING -> false;
        };
    }

    private boolean wasAgreed(String key) {
        return events.of(key).stream().anyMatch(event -> event.what() == CaseEvents.What.CHANGE_SCHEDULED);
    }

    /** The stop date, however late we come to it; today where an agreement that has failed kept the integration beyond it. */
    private LocalDate stoppedOn(Client client, boolean wasKept) {
        LocalDate stopDate = client.integration().stopDate();
        return stopDate == null || wasKept ? LocalDate.ofInstant(clock.instant(), client.timeZone()) : stopDate;
    }

    /** The business key under which the watch stops the integration of a client, whether or not a case is open. */
    public static String keyWithoutCase(Client client) {
        return WITHOUT_CASE + client.id();
    }

    private boolean stopDateHasBegun(Client client) {
        LocalDate stopDate = client.integration().stopDate();
        return stopDate != null
                && !BillingDates.startOf(stopDate, client.timeZone()).isAfter(clock.instant());
    }

    /** The client whose case this is, or whose integration stops without one. */
    public UUID clientId(String key) {
        return isCase(key) ? takeovers.takeover(key).clientId() : UUID.fromString(key.substring(WITHOUT_CASE.length()));
    }

    private static boolean isCase(String key) {
        return !key.startsWith(WITHOUT_CASE);
    }
}
