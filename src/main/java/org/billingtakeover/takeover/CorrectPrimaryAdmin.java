package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AddressesOfFirm;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Corrects who is primary admin of a client that is being asked, or is to be: the question goes to the address that is right, and the
 * one that was not is asked no more. The firm's next list says it again, so the firm corrects its list as well.
 */
@Component
public class CorrectPrimaryAdmin {

    static final int MOST_IN_A_DAY = 3;

    private static final Duration DAY = Duration.ofDays(1);
    private static final String CORRECTED = Happening.code(Happening.PrimaryAdminCorrected.class);

    private final CaseFiles files;
    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final AddressesOfFirm addresses;
    private final Holds holds;
    private final CaseEvents events;
    private final TakeoverFlow flow;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    CorrectPrimaryAdmin(
            CaseFiles files,
            Accounts accounts,
            PrimaryAdmins admins,
            AddressesOfFirm addresses,
            Holds holds,
            CaseEvents events,
            TakeoverFlow flow,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.admins = admins;
        this.addresses = addresses;
        this.holds = holds;
        this.events = events;
        this.flow = flow;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Whether a case waits for an answer or for somebody to ask, so that the address matters to it. */
    public static boolean isPossible(State state) {
        return state instanceof State.Asking || isToBeAsked(state);
    }

    /**
     * @throws Refusal {@code nothingToSend} where nobody is asked or to be asked, {@code adminIncomplete}, {@code adminOfFirm},
     *     {@code adminDisowned}, {@code primaryAdminDisputed}, {@code inDoubt}, {@code correctedOften}; nothing changed
     */
    @Transactional
    public void run(TakeoverKey key, PrimaryAdmin corrected, String actor) {
        CaseFile file = files.lock(key);
        refuseUnlessPossible(file, corrected);
        Account account = file.account().withAdmin(corrected);
        accounts.save(List.of(account));
        CaseFile turned = files.withAccountAsItIs(files.turn(
                file, actor, new Verdict.Allowed(file.state(), List.of(new Happening.PrimaryAdminCorrected()))));
        if (isToBeAsked(turned.state())) {
            flow.putBack(turned);
        } else {
            publisher.publishEvent(new AccountChanged(account.client().id(), List.of()));
        }
    }

    private void refuseUnlessPossible(CaseFile file, PrimaryAdmin corrected) {
        Account account = file.account();
        if (!isPossible(file.state())) {
            throw new Refusal("nothingToSend");
        }
        if (!corrected.isUsable()) {
            throw new Refusal("adminIncomplete");
        }
        if (addresses.owns(account.firm(), corrected.email())) {
            throw new Refusal("adminOfFirm");
        }
        if (holds.isDisowned(account, corrected.email())) {
            throw new Refusal("adminDisowned");
        }
        if (admins.isDisputed(account)) {
            throw new Refusal("primaryAdminDisputed");
        }
        if (holds.isInDoubt(account)) {
            throw new Refusal(Holds.IN_DOUBT);
        }
        Instant since = clock.instant().minus(DAY);
        if (events.of(file.key()).stream()
                        .filter(event ->
                                event.what().equals(CORRECTED) && event.at().isAfter(since))
                        .count()
                >= MOST_IN_A_DAY) {
            throw new Refusal("correctedOften", MOST_IN_A_DAY);
        }
    }

    private static boolean isToBeAsked(State state) {
        return state instanceof State.Acknowledged || state instanceof State.Offered;
    }
}
