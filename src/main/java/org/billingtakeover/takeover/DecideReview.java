package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what the accountant decided after reviewing the new cost. */
@Component
public class DecideReview {

    private final CaseFiles files;
    private final Holds holds;
    private final Previews previews;
    private final Clock clock;

    DecideReview(CaseFiles files, Holds holds, Previews previews, Clock clock) {
        this.files = files;
        this.holds = holds;
        this.previews = previews;
        this.clock = clock;
    }

    /** The ways that the firm can choose. */
    public enum Decision {
        TAKE_OVER,
        CLIENT_TAKES_OVER,
        LEAVE_SEPARATE
    }

    /**
     * @param quoteSeen the number of the quote that the accountant had before them; null if they saw none
     * @throws Refusal {@code decisionMissing}, {@code quoteUnseen}, {@code quoteStale}, {@code primaryAdminDisputed}, {@code inDoubt},
     *     {@code firmAsked}, {@code acknowledgementMissing}, {@code platformWouldRefuse}, or {@code notPossibleNow} if nothing is under review
     */
    @Transactional
    public void decide(
            TakeoverKey key,
            String actor,
            @Nullable Decision decision,
            boolean acknowledged,
            @Nullable String quoteSeen) {
        CaseFile file = files.lock(key);
        if (decision == null) {
            throw new Refusal("decisionMissing");
        }
        if (quoteSeen == null || quoteSeen.isBlank()) {
            throw new Refusal("quoteUnseen");
        }
        refuseUnlessCurrent(file, quoteSeen);
        // The list may have changed since the case was opened, and the client is asked next.
        if (decision != Decision.LEAVE_SEPARATE) {
            holds.refuseUnlessToBeAsked(file.account());
        }
        if (decision == Decision.TAKE_OVER && !acknowledged) {
            throw new Refusal("acknowledgementMissing");
        }
        if (decision == Decision.TAKE_OVER) {
            refuseIfThePlatformWould(file);
        }
        files.turn(
                file,
                actor,
                file.ask(State.UnderReview.class, "notPossibleNow", review -> decided(review, decision, actor))
                        .orRefuse());
    }

    /** The client is not asked to agree to what the platform would not make; where it has not answered, nobody is held up. */
    private void refuseIfThePlatformWould(CaseFile file) {
        Optional<Rejection> refusal =
                previews.said(file.key()).flatMap(said -> said.preview().refusal());
        if (refusal.isPresent()) {
            throw Refusal.followedBy(new RefusalDoubted(file.key()), "platformWouldRefuse", refusal.get());
        }
    }

    private void refuseUnlessCurrent(CaseFile file, String quoteSeen) {
        Quote current = file.quote().orElseThrow(() -> new Refusal("notPossibleNow"));
        boolean isCurrent =
                quoteSeen.equals(current.number().text()) && clock.instant().isBefore(current.validUntil());
        if (!isCurrent) {
            throw new Refusal("quoteStale", quoteSeen, current.number());
        }
    }

    private Verdict decided(State.UnderReview review, Decision decision, String actor) {
        return switch (decision) {
            case TAKE_OVER -> review.acknowledged(new Acknowledgement(actor, clock.instant()));
            case CLIENT_TAKES_OVER -> review.firmPrefersClientTakesOver();
            case LEAVE_SEPARATE -> review.firmLeavesBillsSeparate();
        };
    }

    /** The time for the review is up; bills stay separate unless the client takes over. */
    @Transactional
    public Attempt<CaseFile> lapsed(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return files.attempt(
                file,
                Actors.SYSTEM,
                file.ask(State.UnderReview.class, "notHere", review -> review.reviewLapsed(clock.instant())));
    }
}
