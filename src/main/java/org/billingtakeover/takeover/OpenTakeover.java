package org.billingtakeover.takeover;

import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens a case for a client: the firm pressed <em>Update now</em>, or <em>Offer option 2</em>. */
@Component
public class OpenTakeover {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final CaseFiles files;
    private final TakeoverFlow flow;
    private final CheckEligibility eligibility;
    private final Holds holds;
    private final Clock clock;

    OpenTakeover(
            Accounts accounts,
            Takeovers takeovers,
            CaseFiles files,
            TakeoverFlow flow,
            CheckEligibility eligibility,
            Holds holds,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.files = files;
        this.flow = flow;
        this.eligibility = eligibility;
        this.holds = holds;
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
        Takeover requested = requested(account, actor);
        if (!takeovers.addIfNoneOpen(requested)) {
            return refusedFor(account);
        }
        CaseFile file = files.opened(requested, account, actor);
        flow.takeoverRequested(file.takeover());
        return files.lock(requested.key()).state() instanceof State.Closed closed
                ? new Refused(closed.reasons(), null)
                : new Opened(requested.key());
    }

    /**
     * Opens a case that begins with the client's own way, whatever stands against the firm's (S79), or says why not. A request that the
     * table of that way refuses is kept as a closed case with its reasons.
     *
     * @param actor the user who asks for it
     * @throws Refusal {@code primaryAdminDisputed}, {@code inDoubt}, {@code firmAsked} or {@code wrongPerson}: the client is asked next
     */
    @Transactional
    public Result offerClientsWay(UUID clientId, String actor) {
        Account account = accounts.account(clientId);
        holds.refuseUnlessToBeAsked(account);
        Takeover requested = requested(account, actor);
        if (!takeovers.addIfNoneOpen(requested)) {
            return refusedFor(account);
        }
        CaseFile opened = files.opened(requested, account, actor);
        CaseFile file = files.turn(
                opened,
                actor,
                opened.ask(State.Requested.class, "notHere", State.Requested::beginsWithClientsWay)
                        .orRefuse());
        List<Ineligibility> reasons = eligibility.reasonsAgainst(file, Way.CLIENT_TAKES_ONLINE, Moment.OPENING);
        if (!reasons.isEmpty()) {
            files.turn(
                    file,
                    Actors.SYSTEM,
                    file.ask(
                                    State.Separate.class,
                                    "notHere",
                                    separate -> separate.notEligible(reasons, clock.instant()))
                            .orRefuse());
            return new Refused(reasons, null);
        }
        // The diagram begins with the firm's way; this case stands further on.
        flow.putBack(file);
        return new Opened(requested.key());
    }

    /**
     * The eligibility table was asked in the case's own first step: against it, the case never begins.
     *
     * @return false for a case that has begun, which stays as it is
     */
    @Transactional
    public boolean refuse(TakeoverKey key, List<Ineligibility> reasons) {
        CaseFile file = files.lock(key);
        return files.attempt(
                        file,
                        Actors.SYSTEM,
                        file.ask(
                                State.Requested.class,
                                "notHere",
                                requested -> requested.notEligible(reasons, clock.instant())))
                instanceof Attempt.Done<?>;
    }

    private Takeover requested(Account account, String actor) {
        int year = LocalDate.now(clock.withZone(account.client().timeZone())).getYear();
        return Takeover.requested(takeovers.nextKey(year), account, actor, clock.instant());
    }

    private Refused refusedFor(Account account) {
        Optional<TakeoverKey> ownKey = takeovers
                .openOfCompany(account.client().companyId())
                .filter(open -> open.firmId().equals(account.firm().id()))
                .map(Takeover::key);
        return new Refused(List.of(new Ineligibility("TAKEOVER_OPEN", null)), ownKey.orElse(null));
    }

    /** What became of the request. */
    public sealed interface Result extends Serializable {}

    public record Opened(TakeoverKey key) implements Result {}

    /** @param openKey the case that is open already, where it is the firm's own; null otherwise */
    public record Refused(
            List<Ineligibility> reasons, @Nullable TakeoverKey openKey) implements Result {}
}
