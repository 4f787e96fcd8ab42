package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what billing operations decided about a switch that could not be made. */
@Component
public class ResolveProblem {

    private final CaseFiles files;
    private final ScheduleChange schedule;
    private final TellParties tell;
    private final Clock clock;

    ResolveProblem(CaseFiles files, ScheduleChange schedule, TellParties tell, Clock clock) {
        this.files = files;
        this.schedule = schedule;
        this.tell = tell;
        this.clock = clock;
    }

    /** Try once more, or give the change up; the payer then stays who it is. */
    public enum Resolution {
        RETRY,
        CANCEL
    }

    /** For which billing date a change is made that is tried again now; empty where there is no problem. */
    public Optional<LocalDate> dateIfRetried(TakeoverKey key) {
        CaseFile file = files.read(key);
        return file.state() instanceof State.InTrouble trouble
                ? Optional.of(schedule.dateIfTriedNow(file, trouble))
                : Optional.empty();
    }

    /**
     * Decides what becomes of the change; of one that is given up both parties are told, and why.
     *
     * @param dateShown the billing date that whoever tries again has been shown; null if none was
     * @throws Refusal {@code resolutionMissing}, {@code retryDateMoved} if the date shown has passed meanwhile, or
     *     {@code notPossibleNow} if there is no problem
     */
    @Transactional
    public void resolve(TakeoverKey key, String actor, @Nullable Resolution resolution, @Nullable LocalDate dateShown) {
        CaseFile file = files.lock(key);
        if (resolution == null) {
            throw new Refusal("resolutionMissing");
        }
        if (resolution == Resolution.RETRY && dateShown != null) {
            refuseUnlessStillRight(key, dateShown);
        }
        Verdict verdict = file.ask(
                State.InTrouble.class,
                "notPossibleNow",
                trouble -> resolution == Resolution.RETRY ? trouble.retried(clock.instant()) : trouble.cancelled());
        CaseFile turned = files.turn(file, actor, verdict.orRefuse());
        if (resolution == Resolution.CANCEL && file.state() instanceof State.InTrouble trouble) {
            tell.cancelled(turned, trouble.obstacle());
        }
    }

    private void refuseUnlessStillRight(TakeoverKey key, LocalDate dateShown) {
        LocalDate now = dateIfRetried(key).orElseThrow(() -> new Refusal("notPossibleNow"));
        if (!now.equals(dateShown)) {
            throw new Refusal("retryDateMoved", dateShown, now);
        }
    }
}
