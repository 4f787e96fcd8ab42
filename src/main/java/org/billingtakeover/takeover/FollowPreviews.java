package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.Actors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells a case what the platform says ahead of the change that it is about, in the transaction that keeps it. */
@Component
class FollowPreviews {

    private final CaseFiles files;
    private final Previews previews;
    private final TakeoverFlow flow;
    private final FollowAccount account;
    private final Clock clock;

    FollowPreviews(CaseFiles files, Previews previews, TakeoverFlow flow, FollowAccount account, Clock clock) {
        this.files = files;
        this.previews = previews;
        this.flow = flow;
        this.account = account;
        this.clock = clock;
    }

    @EventListener
    void on(Previews.Told told) {
        if (!isAsBefore(told)) {
            flow.byItself(() -> follow(told));
        }
    }

    /** Thousands of changes are asked about each day: where nothing is new, no case is read. */
    private boolean isAsBefore(Previews.Told told) {
        Order order = told.wanted().order();
        LocalDate today = LocalDate.ofInstant(clock.instant(), order.zone());
        return told.wanted()
                        .last()
                        .flatMap(Preview::refusal)
                        .equals(told.preview().refusal())
                && today.isBefore(order.effective());
    }

    private void follow(Previews.Told told) {
        CaseFile file = files.lock(told.wanted().order().key().takeover());
        Instant now = clock.instant();
        Optional<Order> prospect = file.prospect(now);
        if (prospect.isEmpty()) {
            previews.wantNothing(file.key());
        } else if (prospect.get().equals(told.wanted().order())) {
            compare(
                    file,
                    told.wanted().last().flatMap(Preview::refusal),
                    told.preview().refusal());
        } else {
            // Its billing date has passed, or is another one by now.
            previews.want(prospect.get(), file.account().firm().platform(), now);
        }
    }

    private void compare(CaseFile file, Optional<Rejection> before, Optional<Rejection> refusal) {
        if (!refusal.equals(before)) {
            keep(
                    file,
                    refusal.<Happening>map(Happening.RefusalForeseen::new).orElseGet(Happening.NoRefusalForeseen::new));
            if (file.state() instanceof State.Scheduled scheduled) {
                // What only billing operations can mend, they learn now; firm and client are warned as the table says.
                refusal.filter(reason -> reason.mender() == Mender.BILLING_OPERATIONS)
                        .filter(reason -> !scheduled.isBeyondRecall(clock.instant()))
                        .ifPresent(reason -> account.inTrouble(file, scheduled, reason.name()));
            }
        }
    }

    private void keep(CaseFile file, Happening what) {
        files.turn(file, Actors.SYSTEM, new Verdict.Allowed(file.state(), List.of(what)));
    }

    /** Somebody was kept from deciding by what the platform said some time ago. */
    @EventListener
    @Transactional
    void on(RefusalDoubted doubted) {
        previews.askNow(doubted.takeover(), clock.instant());
    }
}
