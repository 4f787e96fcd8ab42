package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Payer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows what the first bills of both parties say of a change that was made: what differs is looked into by billing operations, what was
 * paid too much is followed until it was given back (S67, S68). Where the platform does not tell its bills, nothing is known of them here.
 */
@Component
public class FollowFirstBills {

    /** Bills are made moments after the hour, and not all at once. */
    private static final Duration AFTER_BILLS = Duration.ofMinutes(5);

    private final CaseFiles files;
    private final FirstBillsOfChanges firstBills;
    private final Platforms<BillingPlatform> platforms;
    private final Deadlines deadlines;
    private final TellParties tell;
    private final TakeoverFlow flow;
    private final Clock clock;

    FollowFirstBills(
            CaseFiles files,
            FirstBillsOfChanges firstBills,
            Platforms<BillingPlatform> platforms,
            Deadlines deadlines,
            TellParties tell,
            TakeoverFlow flow,
            Clock clock) {
        this.files = files;
        this.firstBills = firstBills;
        this.platforms = platforms;
        this.deadlines = deadlines;
        this.tell = tell;
        this.flow = flow;
        this.clock = clock;
    }

    /** What a person finds who has compared bills that differ from what was agreed. */
    public enum Answer {
        RIGHT,
        TO_BE_CORRECTED
    }

    /**
     * The platform has made this change.
     *
     * @param account as it was before
     */
    void await(Account account, Booking booking) {
        BillingPlatform platform = platforms.named(booking.platform());
        if (platform.bills().isEmpty()) {
            return;
        }
        LocalDate before = booking.order().effective().minusDays(1);
        Instant made = Stream.of(Payer.values())
                .map(payer -> platform.cutOff(BillingDates.nextBill(account, payer, before), zone(account, payer)))
                .max(Instant::compareTo)
                .orElseThrow();
        firstBills.await(booking.order().key(), made, made.plus(AFTER_BILLS));
    }

    private static ZoneId zone(Account account, Payer payer) {
        return payer == Payer.FIRM
                ? account.firm().timeZone()
                : account.client().timeZone();
    }

    @EventListener
    void on(FirstBills.Read read) {
        flow.byItself(() -> follow(read));
    }

    private void follow(FirstBills.Read read) {
        BookingKey booking = read.before().booking().order().key();
        CaseFile file = files.lock(booking.takeover());
        keep(file, Actors.SYSTEM, new Happening.FirstBillsCompared(booking, read.finding(), read.compared()));
        if (read.before().finding() != Finding.AWAITED) {
            flow.firstBillsReadAgain(booking, read.finding(), refundUntil(file));
        } else if (read.finding() != Finding.AS_AGREED) {
            flow.firstBillsRead(file, booking, read.finding(), refundUntil(file));
        }
    }

    private Instant refundUntil(CaseFile file) {
        LocalDate today = file.today(clock.instant());
        return BillingDates.startOf(
                today.plusDays(deadlines.of(Deadlines.Step.REFUND, today).days()),
                file.account().client().timeZone());
    }

    /**
     * Keeps what a person has found.
     *
     * @param why the bills are right though they differ
     * @return until when what is corrected is waited for
     * @throws Refusal {@code billsAnswerMissing}, {@code billsReasonMissing} where they are right, or {@code notPossibleNow} if they do not
     *     differ any more
     */
    @Transactional
    public Instant answer(BookingKey booking, String actor, @Nullable Answer answer, @Nullable String why) {
        if (answer == null) {
            throw new Refusal("billsAnswerMissing");
        }
        if (answer == Answer.RIGHT && (why == null || why.isBlank())) {
            throw new Refusal("billsReasonMissing");
        }
        Finding finding = answer == Answer.RIGHT ? Finding.EXPLAINED : Finding.BEING_CORRECTED;
        if (!firstBills.lookedInto(booking, finding)) {
            throw new Refusal("notPossibleNow");
        }
        CaseFile file = files.lock(booking.takeover());
        BillsCompared compared =
                firstBills.find(booking).orElseThrow().compared().orElseThrow();
        keep(file, actor, new Happening.FirstBillsCompared(booking, finding, compared));
        return refundUntil(file);
    }

    /** Tells both that what was paid too much was given back. */
    @Transactional
    public void tell(BookingKey booking) {
        CaseFile file = files.read(booking.takeover());
        firstBills
                .find(booking)
                .filter(found -> found.finding() == Finding.REFUNDED)
                .ifPresent(found -> tell.refunded(file, found));
    }

    private void keep(CaseFile file, String actor, Happening what) {
        files.turn(file, actor, new Verdict.Allowed(file.state(), List.of(what)));
    }
}
