package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillsSentIn;
import org.billingtakeover.billing.BillsSentIn.Bill;
import org.billingtakeover.billing.BookingHeardOf;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangeByHand.Step;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.billing.ProveChange;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.trail.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A firm makes a change itself at the platform: it is asked and reminded, and says what it has done. Its word alone changes nothing; a list
 * or a bill has to show the change (S70, S71).
 */
@Component
public class MakeByHand {

    private static final int MEGABYTE = 1024 * 1024;

    /** Bytes: a bill of many pages, or the picture of one. */
    private static final int LARGEST_BILL = 5 * MEGABYTE;

    private static final int MOST_BILLS = 10;

    private final CaseFiles files;
    private final Bookings bookings;
    private final ChangesByHand changes;
    private final BillsSentIn bills;
    private final ProveChange prove;
    private final Platforms<BillingPlatform> platforms;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final TakeoverFlow flow;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    MakeByHand(
            CaseFiles files,
            Bookings bookings,
            ChangesByHand changes,
            BillsSentIn bills,
            ProveChange prove,
            Platforms<BillingPlatform> platforms,
            CalendarOfDeadlines calendar,
            TellParties tell,
            TakeoverFlow flow,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.files = files;
        this.bookings = bookings;
        this.changes = changes;
        this.bills = bills;
        this.prove = prove;
        this.platforms = platforms;
        this.calendar = calendar;
        this.tell = tell;
        this.flow = flow;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** What the firm says of a change that it was to make. */
    public enum Answer {
        MADE,
        NOT_POSSIBLE
    }

    /** What a person finds who looks for the proof of a change. */
    public enum Finding {
        SHOWN,
        WAIT_ON,
        NOT_CHANGED
    }

    /**
     * @param makeUntil when it is too late to make the change
     * @param proveUntil when somebody looks for the proof
     * @param nextReminder when the firm is reminded of what it has to do by then; empty where no reminder is to come
     */
    public record Plan(Instant makeUntil, Instant proveUntil, Optional<Instant> nextReminder) {}

    @EventListener
    void on(ChangeByHand.Wanted wanted) {
        CaseFile file = files.read(wanted.change().order().key().takeover());
        flow.toBeMadeByHand(file, wanted.change().order().key(), plan(file, wanted.change()));
    }

    @EventListener
    void on(ChangeByHand.Settled settled) {
        flow.settledByHand(settled.change().order().key(), settled.change().step() == Step.TO_TAKE_BACK);
    }

    @EventListener
    void on(ChangeByHand.Proved proved) {
        BookingKey booking = proved.change().order().key();
        keep(
                files.lock(booking.takeover()),
                Actors.SYSTEM,
                new Happening.ChangeProved(booking, proved.change().proof().orElseThrow()));
    }

    /** Asks the firm to do what it has to do by now: to make the change, or once its date has come, to show it. */
    @Transactional
    public Plan ask(BookingKey booking) {
        ChangeByHand change = changes.find(booking).orElseThrow();
        CaseFile file = files.read(booking.takeover());
        Plan plan = plan(file, change);
        Instant now = clock.instant();
        LocalDate effective = change.order().effective();
        if (change.step() == Step.TO_MAKE) {
            tell.toChangeByHand(file);
        } else if (change.step() == Step.MADE
                && !file.today(now).isBefore(effective)
                && now.isBefore(plan.proveUntil())) {
            tell.toProveByHand(file, lastDayOfProof(effective), false);
        }
        return plan;
    }

    private Plan plan(CaseFile file, ChangeByHand change) {
        Order order = change.order();
        Instant makeUntil = until(order);
        Instant now = clock.instant();
        Client client = file.account().client();
        LocalDate today = file.today(now);
        Stream<Instant> toMake = Stream.of(
                        calendar.morningOf(today.plusDays(calendar.daysBetweenRemindersByHand(today)), client))
                .filter(at -> change.step() == Step.TO_MAKE && at.isBefore(makeUntil));
        Stream<Instant> toProve = calendar.proofByHand(order.effective()).reminderDays().stream()
                .map(days -> calendar.morningOf(order.effective().plusDays(days), client))
                .filter(at -> at.isAfter(now));
        return new Plan(
                makeUntil,
                BillingDates.startOf(lastDayOfProof(order.effective()).plusDays(1), order.zone()),
                Stream.concat(toMake, toProve).findFirst());
    }

    /** Until when the firm can make the change. */
    public Instant until(BookingKey booking) {
        return until(changes.find(booking).orElseThrow().order());
    }

    private Instant until(Order order) {
        return platforms.named(PlatformName.BY_HAND).cutOff(order.effective(), order.zone());
    }

    private LocalDate lastDayOfProof(LocalDate effective) {
        return effective.plusDays(calendar.proofByHand(effective).days());
    }

    /**
     * Keeps what the firm says that it has done.
     *
     * @param why the platform does not let it, as the firm says
     * @throws Refusal {@code changeAnswerMissing}, {@code changeReasonMissing} where it is not possible, or {@code notPossibleNow}
     */
    @Transactional
    public void answer(BookingKey booking, String actor, @Nullable Answer answer, @Nullable Rejection why) {
        if (answer == null) {
            throw new Refusal("changeAnswerMissing");
        }
        if (answer == Answer.MADE) {
            CaseFile file = files.lock(booking.takeover());
            if (!changes.made(booking)) {
                throw new Refusal("notPossibleNow");
            }
            keep(file, actor, new Happening.ChangeMadeByHand(booking, effective(booking)));
        } else if (why == null) {
            throw new Refusal("changeReasonMissing");
        } else {
            lapse(booking, why);
        }
    }

    /** The firm has not made the change in time. */
    @Transactional
    public void notMade(BookingKey booking) {
        lapse(booking, Rejection.NOT_MADE_BY_HAND);
    }

    /**
     * Keeps what a person finds who looks for the proof.
     *
     * @throws Refusal {@code proofAnswerMissing}, {@code noBillSentIn}, {@code billTooEarly} if the last one came before the billing date,
     *     or {@code notPossibleNow}
     */
    @Transactional
    public void judge(BookingKey booking, @Nullable Finding finding) {
        if (finding == null) {
            throw new Refusal("proofAnswerMissing");
        }
        CaseFile file = files.lock(booking.takeover());
        if (finding == Finding.SHOWN) {
            List<Bill> sentIn = bills.of(booking);
            if (sentIn.isEmpty()) {
                throw new Refusal("noBillSentIn");
            }
            LocalDate day = file.today(sentIn.get(sentIn.size() - 1).sentIn());
            LocalDate effective = effective(booking);
            if (day.isBefore(effective)) {
                throw new Refusal("billTooEarly", effective);
            }
            if (!prove.byBill(booking, day)) {
                throw new Refusal("notPossibleNow");
            }
        } else if (finding == Finding.NOT_CHANGED) {
            lapse(booking, Rejection.NOT_PROVED);
        }
    }

    /**
     * Asks the firm once more for a proof.
     *
     * @return until when it has time for that
     */
    @Transactional
    public Instant askForOtherProof(BookingKey booking) {
        CaseFile file = files.read(booking.takeover());
        LocalDate effective = effective(booking);
        LocalDate today = file.today(clock.instant());
        LocalDate lastDay = (today.isAfter(effective) ? today : effective)
                .plusDays(calendar.proofByHand(effective).days());
        tell.toProveByHand(file, lastDay, !bills.of(booking).isEmpty());
        return BillingDates.startOf(lastDay.plusDays(1), file.account().client().timeZone());
    }

    /** The change that the firm of this case makes itself, or made last. */
    public Optional<ChangeByHand> ofCase(TakeoverKey key) {
        return bookings.of(key).stream()
                .filter(booking -> booking.platform() == PlatformName.BY_HAND)
                .flatMap(booking -> changes.find(booking.order().key()).stream())
                .reduce((earlier, later) -> later);
    }

    /**
     * Keeps a bill that may show the change, for a person to compare.
     *
     * @param name of the file, as the sender calls it
     * @throws Refusal {@code nothingToShow} where no change is said to be made, {@code noFile}, {@code billTooLarge}, {@code notABill}
     *     where the file is neither a PDF nor a picture, or {@code tooManyBills}
     */
    @Transactional
    public void sendIn(TakeoverKey key, String name, byte[] content, String actor) {
        CaseFile file = files.lock(key);
        BookingKey booking = ofCase(key)
                .filter(change -> change.step() == Step.MADE)
                .orElseThrow(() -> new Refusal("nothingToShow"))
                .order()
                .key();
        if (content.length == 0) {
            throw new Refusal("noFile");
        }
        if (content.length > LARGEST_BILL) {
            throw new Refusal("billTooLarge", LARGEST_BILL / MEGABYTE);
        }
        BillsSentIn.Type type = BillsSentIn.Type.of(content).orElseThrow(() -> new Refusal("notABill"));
        if (bills.of(booking).size() >= MOST_BILLS) {
            throw new Refusal("tooManyBills", MOST_BILLS);
        }
        bills.add(new Bill(UUID.randomUUID(), booking, name, type, clock.instant()), content);
        keep(
                file,
                actor,
                new Happening.BillSentIn(
                        booking, HexFormat.of().formatHex(Sha256.digest().digest(content))));
        flow.billSentIn(booking);
    }

    /**
     * The firm says that it has taken back what it had made.
     *
     * @throws Refusal {@code notPossibleNow} if there is nothing to take back
     */
    @Transactional
    public void takenBack(BookingKey booking, String actor) {
        CaseFile file = files.lock(booking.takeover());
        if (!changes.takenBack(booking)) {
            throw new Refusal("notPossibleNow");
        }
        keep(file, actor, new Happening.ChangeTakenBackByHand(booking, effective(booking)));
        publisher.publishEvent(new BookingHeardOf(booking));
    }

    private void lapse(BookingKey booking, Rejection reason) {
        if (changes.lapsed(booking, reason)) {
            publisher.publishEvent(new BookingHeardOf(booking));
        }
    }

    private LocalDate effective(BookingKey booking) {
        return changes.find(booking).orElseThrow().order().effective();
    }

    private void keep(CaseFile file, String actor, Happening what) {
        files.turn(file, actor, new Verdict.Allowed(file.state(), List.of(what)));
    }
}
