package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.springframework.stereotype.Component;

/** The day on which two payers stop a client's integration, where it is really to stop. */
@Component
public class ComingStop {

    private final Takeovers takeovers;
    private final Holds holds;
    private final Clock clock;

    ComingStop(Takeovers takeovers, Holds holds, Clock clock) {
        this.takeovers = takeovers;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * The local date of the client. Empty where one payer is agreed on, where a doubt holds the client, and where the date has passed without a
     * stop: it holds no more.
     */
    public Optional<LocalDate> of(Account account) {
        Client client = account.client();
        LocalDate today = LocalDate.ofInstant(clock.instant(), client.timeZone());
        return Optional.ofNullable(client.integration().stopDate())
                .filter(date -> client.integration().status() == IntegrationStatus.ACTIVE
                        && account.hasTwoPayers()
                        && !date.isBefore(today))
                .filter(date -> agreed(client).isEmpty() && !holds.isInDoubt(account));
    }

    /** The open case of the company that has come to an agreement, whichever firm it belongs to: as long as it has, nothing stops. */
    public Optional<Takeover> agreed(Client client) {
        return takeovers
                .openOfCompany(client.companyId())
                .filter(open -> open.state().isAgreedOrDone());
    }
}
