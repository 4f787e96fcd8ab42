package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.RequestKey;
import org.billingtakeover.billing.BillingPlatform.SwitchRequest;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes the payer, once, and plans what follows when the platform will not. */
@Component
public class SwitchBilling {

    private final CaseFiles files;
    private final Accounts accounts;
    private final BillingPlatform platform;
    private final CalendarOfDeadlines calendar;
    private final Holds holds;
    private final CheckAgain check;
    private final ScheduleChange schedule;
    private final TellParties tell;
    private final Clock clock;

    SwitchBilling(
            CaseFiles files,
            Accounts accounts,
            BillingPlatform platform,
            CalendarOfDeadlines calendar,
            Holds holds,
            CheckAgain check,
            ScheduleChange schedule,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.platform = platform;
        this.calendar = calendar;
        this.holds = holds;
        this.check = check;
        this.schedule = schedule;
        this.tell = tell;
        this.clock = clock;
    }

    /**
     * Switches as promised for the billing date of the case, however late it is asked to. What could not be made on that day is put off
     * to the next billing date if the platform has nothing against it by now.
     *
     * @return whether the payer has changed; otherwise {@link #retryAt} tells what follows
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
        LocalDate date = schedule.dateIfTriedNow(file, coming);
        if (!check.isClear(file, date)) {
            return Attempt.refused(Verdict.denied("notAsAgreed"));
        }
        if (holds.isInDoubt(file.account())) {
            return Attempt.refused(Verdict.denied(Holds.IN_DOUBT));
        }
        SwitchRequest request = request(file, coming, date);
        Instant begun = schedule.startOf(file, date);
        if (begun.isAfter(clock.instant())) {
            platform.whyNot(request)
                    .ifPresentOrElse(reason -> rejected(file, coming, reason), () -> putOff(file, coming, date, begun));
            return Attempt.done(false);
        }
        Answer answer = platform.switchPayer(request);
        if (answer instanceof Answer.Rejected rejected) {
            rejected(file, coming, rejected.reason());
            return Attempt.done(false);
        }
        switched(file, coming, consent.get(), (Answer.Switched) answer, begun);
        return Attempt.done(true);
    }

    private void putOff(CaseFile file, State.Coming coming, LocalDate date, Instant begins) {
        CaseFile waiting =
                files.turn(file, Actors.SYSTEM, coming.putOff(date, begins).orRefuse());
        if (!date.equals(coming.change().billingDate())) {
            tell.both(waiting, MailKind.DATE_MOVED);
        }
    }

    private static SwitchRequest request(CaseFile file, State.Coming coming, LocalDate date) {
        return new SwitchRequest(
                new RequestKey(file.key() + "/" + coming.way() + "/" + date),
                file.takeover().companyId(),
                coming.way().moving(),
                file.takeover().firmId(),
                coming.way().newPayer(),
                date);
    }

    private void switched(CaseFile file, State.Coming coming, Consent consent, Answer.Switched word, Instant begun) {
        Account account = file.account();
        Subscription moving = account.subscription(coming.way().moving());
        BillingChange change = new BillingChange(
                file.key(),
                coming.way(),
                moving.id(),
                coming.change().current(),
                moving.payer(),
                coming.way().newPayer(),
                coming.change().billingDate(),
                clock.instant());
        CaseFile turned = files.turn(
                file,
                Actors.SYSTEM,
                coming.switched(consent, word, change, begun).orRefuse());
        accounts.changePayer(moving.id(), change.to(), PriceBasis.of(moving.product(), change.to()));
        accounts.changeIntegration(account.client().id(), new Integration(IntegrationStatus.ACTIVE, null));
        files.withAccountAsItIs(turned);
    }

    /** As the table says, it is tried again by itself while firm or client mend it; what only billing operations can mend waits for them at once. */
    private void rejected(CaseFile file, State.Coming coming, Rejection reason) {
        LocalDate today = file.today(clock.instant());
        List<Integer> retryDays = calendar.retryDays(today);
        Optional<Instant> retryAt =
                reason.mender() != Mender.BILLING_OPERATIONS && coming.rejections() < retryDays.size()
                        ? Optional.of(BillingDates.startOf(
                                today.plusDays(retryDays.get(coming.rejections())),
                                file.account().client().timeZone()))
                        : Optional.empty();
        CaseFile turned =
                files.turn(file, Actors.SYSTEM, coming.rejected(reason, retryAt).orRefuse());
        if (coming.rejections() == 0) {
            tell.notChanged(turned, reason.name(), schedule.following(turned));
        }
        if (retryAt.isEmpty()) {
            tell.problem(turned, reason.name());
        }
    }

    /** Where the payer has not changed: when it is tried again by itself; empty when billing operations must look into it. */
    @Transactional
    public Attempt<Optional<Instant>> retryAt(TakeoverKey key) {
        State state = files.lock(key).state();
        return state instanceof State.Coming || state instanceof State.InTrouble
                ? Attempt.done(state.due())
                : Attempt.refused(Verdict.denied("notHere"));
    }

    /** Tells firm and client from when who pays, if it has just changed. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.Switched.class).ifPresent(switched -> tell.both(file, MailKind.SWITCHED));
    }
}
