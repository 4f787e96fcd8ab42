package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.billingtakeover.billing.NoticeByHand;
import org.springframework.stereotype.Component;

/** How long before a billing date a change must have been made by hand, by the table in force on that date. */
@Component
class NoticeByTable implements NoticeByHand {

    private final Deadlines deadlines;

    NoticeByTable(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public int days(LocalDate effective) {
        return deadlines.of(Deadlines.Step.CHANGE_BY_HAND, effective).days();
    }
}
