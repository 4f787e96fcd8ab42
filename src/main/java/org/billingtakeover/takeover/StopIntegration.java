package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingDates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stops the integration of a client whose bills stay separate, on its stop date; with a case or without one. */
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
            events.add(key, CaseEvents.SYSTEM, CaseEvents.What.STOP_PLANNED, String.valueOf(stopDate));
        }
        return stopAt;
    }

    /** Stops the integration, unless the client has come to one payer meanwhile. */
    @Transactional
    public void stop(String key) {
        Account account = accounts.account(clientId(key));
        if (account.arrangement() != BillingArrangement.SPLIT) {
            return;
        }
        LocalDate stopDate = account.client().integration().stopDate();
        accounts.changeIntegration(account.client().id(), new Integration(IntegrationStatus.STOPPED, stopDate));
        if (isCase(key)) {
            events.add(key, CaseEvents.SYSTEM, CaseEvents.What.INTEGRATION_STOPPED, null);
        }
    }

    /** Tells firm and client that the integration has stopped and how it starts again. */
    @Transactional
    public void tell(String key) {
        tell.integrationStopped(key, clientId(key));
    }

    /** Clients whose stop date has begun, whose bills are still separate, and for whom no case is under way. */
    public List<Client> overdue() {
        LocalDate latestTodayOnEarth = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
        return accounts.splitWithStopDateUpTo(latestTodayOnEarth).stream()
                .map(Account::client)
                .filter(this::stopDateHasBegun)
                .filter(client -> takeovers.openOfCompany(client.companyId()).isEmpty())
                .toList();
    }

    /** The business key under which the integration of a client without an open case is stopped. */
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
