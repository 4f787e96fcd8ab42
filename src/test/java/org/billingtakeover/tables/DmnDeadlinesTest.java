package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.takeover.Deadlines;
import org.billingtakeover.takeover.Deadlines.Allowance;
import org.billingtakeover.takeover.Deadlines.Step;
import org.junit.jupiter.api.Test;

class DmnDeadlinesTest {

    private static final LocalDate ON = LocalDate.of(2026, 3, 1);

    private final Deadlines deadlines = new DmnDeadlines(TablesInEngine.shared().tables);

    @Test
    void theClientHasFourteenDaysAndIsRemindedOnTheThirdAndTheSeventh() {
        assertThat(deadlines.of(Step.CLIENT_ANSWER, ON)).isEqualTo(new Allowance(14, List.of(3, 7)));
    }

    @Test
    void theAccountantHasThirtyDays() {
        assertThat(deadlines.of(Step.REVIEW, ON)).isEqualTo(new Allowance(30, List.of()));
    }

    @Test
    void everyStepHasADeadline() {
        for (Step step : Step.values()) {
            assertThat(deadlines.of(step, ON).days()).isPositive();
        }
    }

    @Test
    void aRejectedSwitchIsTriedAgainTwice() {
        assertThat(deadlines.of(Step.SWITCH_RETRY, ON).reminderDays()).containsExactly(1, 2);
    }
}
