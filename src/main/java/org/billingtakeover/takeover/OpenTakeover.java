package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens a case for a client: the firm pressed <em>Update now</em>. */
@Component
public class OpenTakeover {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final TakeoverFlow flow;
    private final CaseEvents events;
    private final Clock clock;

    OpenTakeover(Accounts accounts, Takeovers takeovers, TakeoverFlow flow, CaseEvents events, Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.flow = flow;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Opens a case, or says why not. A request that the eligibility table refuses is kept as a closed case with its reasons.
     *
     * @param actor the user who asks for it
     */
    @Transactional
    public Result open(UUID clientId, String actor) {
        Account account = accounts.account(clientId);
        Instant now = clock.instant();
        int year = LocalDate.now(clock.withZone(account.client().timeZone())).getYear();
        String key = takeovers.nextKey(year);
        Takeover opened = Takeover.opened(key, account, actor, now);
        if (!takeovers.addIfNoneOpen(opened)) {
            return refusedFor(account);
        }
        events.add(key, actor, CaseEvents.What.OPENED, null);
        flow.takeoverRequested(opened, account.firm().language().code());
        Takeover started = takeovers.takeover(key);
        if (started.outcome() == Outcome.NOT_ELIGIBLE) {
            return new Refused(CheckEligibility.read(String.valueOf(started.reason())), null);
        }
        return new Opened(key);
    }

    private Refused refusedFor(Account account) {
        Optional<String> ownKey = takeovers
                .openOfCompany(account.client().companyId())
                .filter(open -> open.firmId().equals(account.firm().id()))
                .map(Takeover::key);
        return new Refused(List.of(new Ineligibility("TAKEOVER_OPEN", null)), ownKey.orElse(null));
    }

    /** What became of the request. */
    public sealed interface Result {}

    public record Opened(String key) implements Result {}

    /** @param openKey the case that is open already, where it is the firm's own; null otherwise */
    public record Refused(
            List<Ineligibility> reasons, @Nullable String openKey) implements Result {}
}
