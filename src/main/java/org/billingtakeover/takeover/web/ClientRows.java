package org.billingtakeover.takeover.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.ComingStop;
import org.billingtakeover.takeover.Holds;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Invitations;
import org.billingtakeover.takeover.Invitations.Invitation;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What lists of clients say of each. */
@Component
class ClientRows {

    private final Takeovers takeovers;
    private final CheckEligibility eligibility;
    private final Invitations invitations;
    private final ComingStop stop;
    private final Holds holds;

    ClientRows(
            Takeovers takeovers, CheckEligibility eligibility, Invitations invitations, ComingStop stop, Holds holds) {
        this.takeovers = takeovers;
        this.eligibility = eligibility;
        this.invitations = invitations;
        this.stop = stop;
        this.holds = holds;
    }

    /** Each worked out as it is asked for. */
    Stream<Row> of(List<Account> accounts) {
        Map<UUID, Invitation> invited = invitations.of(
                accounts.stream().map(account -> account.client().id()).toList());
        return accounts.stream()
                .map(account -> row(account, invited.get(account.client().id())));
    }

    private Row row(Account account, @Nullable Invitation invitation) {
        Optional<Takeover> latest =
                takeovers.ofClient(account.client().id()).stream().findFirst();
        boolean underWay = latest.filter(Takeover::isOpen).isPresent();
        boolean split = account.arrangement() == BillingArrangement.SPLIT;
        boolean isInvited = account.hasTwoPayers() && !underWay && invitation != null && invitation.invitedAt() != null;
        List<Ineligibility> reasons = split && !underWay ? eligibility.reasonsAgainst(account) : List.of();
        return new Row(
                account,
                latest.orElse(null),
                reasons,
                reasons.isEmpty() ? List.of() : eligibility.reasonsAgainst(account, Way.CLIENT_TAKES_ONLINE),
                !reasons.isEmpty() && eligibility.isClientsWayOpen(account),
                stands(account),
                stop.of(account).orElse(null),
                stop.agreed(account.client())
                        .map(Takeover::state)
                        .flatMap(State::billingDate)
                        .orElse(null),
                isInvited ? invitation : null);
    }

    private Stands stands(Account account) {
        if (account.client().integration().status() == IntegrationStatus.STOPPED) {
            return Stands.STOPPED;
        }
        if (account.lacksOne()) {
            return Stands.NONE;
        }
        if (!account.hasTwoPayers()) {
            return Stands.ACTIVE;
        }
        if (stop.agreed(account.client()).isPresent()) {
            return Stands.AGREED;
        }
        return holds.isInDoubt(account) ? Stands.HELD : Stands.AT_RISK;
    }

    /** How a client's integration stands. */
    enum Stands {
        ACTIVE,
        /** A subscription is cancelled. */
        NONE,
        /** Two payers stop it. */
        AT_RISK,
        /** It goes on, because one payer is agreed on. */
        AGREED,
        /** Nothing stops before a doubt is settled. */
        HELD,
        STOPPED
    }

    /**
     * @param latest the client's newest case; null before the first
     * @param reasons why no case can be opened; empty where one can, or where none is needed
     * @param againstOptionTwo why, beside that, the client cannot be offered its own way either
     * @param canOffer whether the firm can offer that to the client, since its own way is not possible
     * @param stopsOn local date of the client; null where nothing is to stop, or the day is not known
     * @param changesOn local date of the client on which the payer changes as agreed; null where none is set
     * @param invitation what the firm was told of both ways; null where it was not invited, or has answered
     */
    record Row(
            Account account,
            @Nullable Takeover latest,
            List<Ineligibility> reasons,
            List<Ineligibility> againstOptionTwo,
            boolean canOffer,
            Stands stands,
            @Nullable LocalDate stopsOn,
            @Nullable LocalDate changesOn,
            @Nullable Invitation invitation) {

        public boolean canOpen() {
            return account.arrangement() == BillingArrangement.SPLIT
                    && reasons.isEmpty()
                    && (latest == null || !latest.isOpen());
        }
    }
}
