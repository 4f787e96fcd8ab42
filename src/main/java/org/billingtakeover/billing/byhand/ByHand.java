package org.billingtakeover.billing.byhand;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangeByHand.Step;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.billing.NoticeByHand;
import org.billingtakeover.billing.PayerPeriods;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A firm's life at QuickBooks today: to book is to ask the firm to make the change there, and nothing is effective before it is proved.
 * What it cannot know it does not compute: why the platform would refuse is what the firm says.
 */
@Component("byHand")
class ByHand implements BillingPlatform {

    private final ChangesByHand changes;
    private final PayerBooks books;
    private final PayerPeriods periods;
    private final NoticeByHand notice;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    ByHand(
            ChangesByHand changes,
            PayerBooks books,
            PayerPeriods periods,
            NoticeByHand notice,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.changes = changes;
        this.books = books;
        this.periods = periods;
        this.notice = notice;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public Instant cutOff(LocalDate effective, ZoneId zone) {
        return BillingDates.startOf(effective.minusDays(notice.days(effective)), zone);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Answer book(Order order) {
        Optional<ChangeByHand> known = changes.find(order.key());
        if (known.isPresent()) {
            return answer(known.get());
        }
        if (!clock.instant().isBefore(cutOff(order.effective(), order.zone()))) {
            return new Answer.TooLate();
        }
        Optional<Rejection> against = whyNot(order);
        if (against.isPresent()) {
            return new Answer.Rejected(against.get());
        }
        ChangeByHand change = asked(order, Step.TO_MAKE);
        if (!changes.add(change)) {
            // Whoever has ordered the same a moment ago, or another change of the same subscription, was first.
            return changes.find(order.key())
                    .map(ByHand::answer)
                    .orElseGet(() -> new Answer.Rejected(Rejection.CHANGE_RUNNING));
        }
        publisher.publishEvent(new ChangeByHand.Wanted(change));
        return new Answer.Booked();
    }

    private ChangeByHand asked(Order order, Step step) {
        return new ChangeByHand(order, step, Optional.empty(), Optional.empty(), clock.instant());
    }

    private static Answer answer(ChangeByHand known) {
        return switch (known.step()) {
            case TO_MAKE, MADE, PROVED -> new Answer.Booked();
            case LAPSED -> new Answer.Rejected(known.reason().orElseThrow());
            case TO_TAKE_BACK, WITHDRAWN -> new Answer.Rejected(Rejection.WITHDRAWN_THERE);
        };
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Withdrawal withdraw(Order order) {
        Optional<ChangeByHand> known = changes.find(order.key());
        if (known.isEmpty()) {
            changes.add(asked(order, Step.WITHDRAWN));
            return Withdrawal.GONE;
        }
        if (changes.withdrawn(order.key())) {
            publisher.publishEvent(
                    new ChangeByHand.Settled(changes.find(order.key()).orElseThrow()));
        }
        return switch (changes.find(order.key()).orElseThrow().step()) {
            case TO_MAKE, MADE, PROVED -> Withdrawal.TOO_LATE;
            case TO_TAKE_BACK -> Withdrawal.UNDER_WAY;
            case LAPSED, WITHDRAWN -> Withdrawal.GONE;
        };
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public Standing standing(BookingKey key) {
        return changes.find(key).map(ByHand::standing).orElseGet(Standing.Unknown::new);
    }

    private static Standing standing(ChangeByHand change) {
        return switch (change.step()) {
            case TO_MAKE, MADE, TO_TAKE_BACK -> new Standing.Booked();
            case PROVED -> new Standing.Effective(change.order().effective());
            case LAPSED -> new Standing.Lapsed(change.reason().orElseThrow());
            case WITHDRAWN -> new Standing.Withdrawn();
        };
    }

    /** Only what the firm's own lists have told is known. */
    @Override
    public Preview preview(Order order) {
        return whyNot(order).<Preview>map(Preview.Refuses::new).orElseGet(Preview.NotKnown::new);
    }

    private Optional<Rejection> whyNot(Order order) {
        PayerBooks.Entry last = books.of(List.of(order.companyId()))
                .getOrDefault(order.companyId(), Map.of())
                .get(order.product());
        if (last == null) {
            return Optional.of(Rejection.SUBSCRIPTION_UNKNOWN);
        }
        return last.payer() == order.newPayer() && last.firmId().equals(order.firmId())
                ? Optional.of(Rejection.ALREADY_MOVED)
                : Optional.empty();
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return periods.on(companyId, product, day);
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return periods.of(companyId, product);
    }
}
