package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes the payer in our own books, once, as soon as the platform has confirmed that it changed there. */
@Component
public class SwitchBilling {

    /** What the platform confirms is recorded at once: this finds what was missed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

    private final CaseFiles files;
    private final Accounts accounts;
    private final Bookings bookings;
    private final CheckAgain check;
    private final ScheduleChange schedule;
    private final OrderIntegration integrations;
    private final FollowFirstBills firstBills;
    private final TellParties tell;
    private final Clock clock;

    SwitchBilling(
            CaseFiles files,
            Accounts accounts,
            Bookings bookings,
            CheckAgain check,
            ScheduleChange schedule,
            OrderIntegration integrations,
            FollowFirstBills firstBills,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.bookings = bookings;
        this.check = check;
        this.schedule = schedule;
        this.integrations = integrations;
        this.firstBills = firstBills;
        this.tell = tell;
        this.clock = clock;
    }

    /**
     * Records the switch that the platform has confirmed, however late it is asked to. What was rejected is booked anew, for the billing
     * date that can still be.
     *
     * @return whether the payer has changed; otherwise {@link #retryAt} tells when to look again
     */
    @Transactional
    public Attempt<Boolean> switchPayer(TakeoverKey key) {
        CaseFile file = files.lock(key);
        Optional<Consent> consent = file.consent();
        if (!(file.state() instanceof State.Coming coming) || consent.isEmpty()) {
            return Attempt.refused(Verdict.denied("noConsent"));
        }
        if (coming.dueAt(clock.instant()) instanceof Verdict.Denied tooEarly) {
            return Attempt.refused(tooEarly);
        }
        if (coming instanceof State.Scheduled scheduled) {
            Optional<Booking> proof =
                    bookings.wantedBy(key).filter(booking -> booking.progress() == Progress.CONFIRMED);
            if (proof.isPresent()) {
                return switched(file, scheduled, consent.get(), proof.get());
            }
            if (scheduled.isBeyondRecall(clock.instant())) {
                return Attempt.done(false);
            }
        }
        LocalDate date = schedule.dateIfTriedNow(file, coming);
        if (!check.isClear(file, date)) {
            // Whoever skipped the check: what is booked is not made, either.
            check.check(key);
            return Attempt.refused(Verdict.denied("notAsAgreed"));
        }
        if (!(coming instanceof State.Scheduled)) {
            bookAnew(file, coming, date);
        }
        return Attempt.done(false);
    }

    private void bookAnew(CaseFile file, State.Coming coming, LocalDate date) {
        CaseFile waiting = files.turn(
                file,
                Actors.SYSTEM,
                coming.putOff(schedule.appointment(file, date)).orRefuse());
        if (!date.equals(coming.change().billingDate())) {
            tell.dateMoved(waiting, Optional.of(coming.change().billingDate()));
        }
    }

    private Attempt<Boolean> switched(CaseFile file, State.Scheduled scheduled, Consent consent, Booking proof) {
        Account account = file.account();
        Subscription moving = account.subscription(scheduled.way().moving());
        BillingChange change = new BillingChange(
                file.key(),
                scheduled.way(),
                moving.id(),
                scheduled.change().current(),
                moving.payer(),
                scheduled.way().newPayer(),
                scheduled.change().billingDate(),
                clock.instant());
        return files.attempt(file, Actors.SYSTEM, scheduled.switched(consent, proof, change))
                .map(turned -> {
                    firstBills.await(account, proof);
                    follow(turned, account, change);
                    return true;
                });
    }

    private void follow(CaseFile turned, Account account, BillingChange change) {
        Product moved = change.way().moving();
        Account changed = account.paidBy(change.to(), moved, new Integration(IntegrationStatus.ACTIVE, null));
        accounts.changePayer(
                change.subscription(), change.to(), changed.subscription(moved).priceBasis());
        if (account.client().integration().status() == IntegrationStatus.STOPPED) {
            restart(turned, account);
            files.withAccountAsItIs(turned);
        } else {
            keepRunning(account.client(), changed.client().integration());
            files.withAccount(turned, changed);
        }
    }

    private void keepRunning(Client before, Integration running) {
        if (!before.integration().equals(running)) {
            accounts.changeIntegration(before.id(), running);
        }
    }

    private void restart(CaseFile switched, Account account) {
        integrations
                .restart(account, Optional.of(switched.key()))
                .ifPresent(restart -> files.turn(
                        switched,
                        Actors.SYSTEM,
                        new Verdict.Allowed(switched.state(), List.of(new Happening.RestartOrdered(restart)))));
    }

    /** Where the payer has not changed: when to look again; empty when billing operations must look into it. */
    @Transactional
    public Attempt<Optional<Instant>> retryAt(TakeoverKey key) {
        State state = files.lock(key).state();
        if (state instanceof State.Scheduled scheduled) {
            return Attempt.done(Optional.of(nextLook(scheduled)));
        }
        return state instanceof State.Coming || state instanceof State.InTrouble
                ? Attempt.done(state.due())
                : Attempt.refused(Verdict.denied("notHere"));
    }

    private Instant nextLook(State.Scheduled scheduled) {
        Instant now = clock.instant();
        Instant first = scheduled.expectedMade();
        return now.isBefore(first) ? first : now.plus(BETWEEN_LOOKS);
    }

    /** Tells firm and client from when who pays, if it has just changed. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.Switched.class).ifPresent(switched -> tell.both(file, MailKind.SWITCHED));
    }
}
