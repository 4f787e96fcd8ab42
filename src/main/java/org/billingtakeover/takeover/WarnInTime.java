package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.takeover.Deadlines.Step;
import org.billingtakeover.takeover.Warnings.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Warns, by table, before what cannot be undone: a review that lapses, an answer that expires, a change that is made or cannot be. */
@Component
public class WarnInTime {

    private static final Logger LOG = LoggerFactory.getLogger(WarnInTime.class);

    private static final String COST_RISES = "COST_RISES";

    private final Warnings warnings;
    private final CaseFiles files;
    private final Deadlines deadlines;
    private final CheckEligibility eligibility;
    private final PrepareQuote quotes;
    private final Previews previews;
    private final ScheduleChange schedule;
    private final TellParties tell;
    private final TransactionTemplate alone;
    private final Clock clock;

    WarnInTime(
            Warnings warnings,
            CaseFiles files,
            Deadlines deadlines,
            CheckEligibility eligibility,
            PrepareQuote quotes,
            Previews previews,
            ScheduleChange schedule,
            TellParties tell,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.warnings = warnings;
        this.files = files;
        this.deadlines = deadlines;
        this.eligibility = eligibility;
        this.quotes = quotes;
        this.previews = previews;
        this.schedule = schedule;
        this.tell = tell;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Warns in some cases, each in a transaction of its own: one that fails keeps no other from being warned in. Whoever calls must have
     * locked no case.
     *
     * @return whether there may be more
     */
    public boolean warn(int most) {
        boolean more = warn(Kind.REVIEW_LAPSES, Stage.REVIEW, Step.REVIEW_WARNING, most);
        more |= warn(Kind.ANSWER_EXPIRES, Stage.ASKING, Step.ANSWER_WARNING, most);
        more |= warn(Kind.LOOKED_AHEAD, Stage.SCHEDULED, Step.LOOK_AHEAD, most);
        more |= warn(Kind.CHANGE_COMES, Stage.SCHEDULED, Step.CHANGE_WARNING, most);
        Instant now = clock.instant();
        more |= isMoreIn(warnings.passed(now, most), most, Kind.DATE_PASSED, file -> datePassed(file, now));
        return more;
    }

    private boolean warn(Kind kind, Stage stage, Step step, int most) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant until = now.atOffset(ZoneOffset.UTC)
                .plusDays(deadlines.of(step, today).days())
                .toInstant();
        return isMoreIn(warnings.due(kind, stage, now, until, most), most, kind, file -> warn(file, kind, stage, now));
    }

    private boolean isMoreIn(List<TakeoverKey> due, int most, Kind kind, Consumer<CaseFile> warn) {
        long failed = due.stream().filter(key -> !isWarned(key, kind, warn)).count();
        return due.size() == most && failed < most;
    }

    private boolean isWarned(TakeoverKey key, Kind kind, Consumer<CaseFile> warn) {
        try {
            alone.executeWithoutResult(status -> warn.accept(files.lock(key)));
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "Nobody could be warned ({}) in the case {}: {}",
                    kind,
                    key,
                    e.getClass().getName());
            return false;
        }
    }

    private void warn(CaseFile file, Kind kind, Stage stage, Instant now) {
        Optional<Instant> due = file.state().due();
        if (file.state().stage() != stage || due.isEmpty()) {
            return;
        }
        LocalDate about = utcDay(kind == Kind.LOOKED_AHEAD ? now : due.get());
        warnings.said(file.key(), kind, about);
        switch (kind) {
            case REVIEW_LAPSES -> tell.firmBefore(file, MailKind.REVIEW_LAPSES, lastDay(file, due.get()));
            case ANSWER_EXPIRES -> tell.firmBefore(file, MailKind.ANSWER_EXPIRES, lastDay(file, due.get()));
            case CHANGE_COMES -> changeComes(file);
            case LOOKED_AHEAD, CHANGE_AT_RISK, DATE_PASSED -> lookAhead(file);
        }
    }

    /** Whoever agreed was told of this day, and of no other since. */
    private void datePassed(CaseFile file, Instant now) {
        if (file.state() instanceof State.InTrouble trouble
                && trouble.change().billingDate().isBefore(file.today(now))) {
            tell.notChanged(file, trouble.obstacle(), schedule.following(file));
        }
    }

    /** What the platform has rejected comes on no day that could be told. */
    private void changeComes(CaseFile file) {
        if (file.state() instanceof State.Scheduled) {
            tell.both(file, MailKind.CHANGE_COMES);
        }
    }

    /** What would keep the change from being made on its billing date, as things are today. */
    private void lookAhead(CaseFile file) {
        if (!(file.state() instanceof State.Scheduled scheduled)) {
            return;
        }
        LocalDate date = scheduled.change().billingDate();
        Optional<String> obstacle = eligibility.reasonsAgainstChange(file, date).stream()
                .map(Ineligibility::reason)
                .findFirst()
                .or(() -> withoutPaymentMethod(file))
                .or(() -> refusedAhead(file))
                .or(() -> risen(file, date));
        if (obstacle.isPresent() && warnings.isNew(file.key(), Kind.CHANGE_AT_RISK, date)) {
            warnings.said(file.key(), Kind.CHANGE_AT_RISK, date);
            tell.changeAtRisk(file, obstacle.get());
        }
    }

    private static Optional<String> withoutPaymentMethod(CaseFile file) {
        boolean firmPays = file.state().way().newPayer() == Payer.FIRM;
        return firmPays && !file.account().firm().paymentMethodOnFile()
                ? Optional.of(BillingPlatform.Rejection.FIRM_PAYMENT_METHOD.name())
                : Optional.empty();
    }

    private Optional<String> refusedAhead(CaseFile file) {
        return previews.said(file.key())
                .flatMap(said -> said.preview().refusal())
                .map(Enum::name);
    }

    private Optional<String> risen(CaseFile file, LocalDate date) {
        CostNow cost = quotes.costOn(file, file.quote().orElseThrow(), date);
        return cost instanceof CostNow.Risen ? Optional.of(COST_RISES) : Optional.empty();
    }

    private static LocalDate lastDay(CaseFile file, Instant due) {
        return file.today(due.minusSeconds(1));
    }

    private static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
