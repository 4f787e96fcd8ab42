package org.billingtakeover.billing;

import java.time.LocalDate;

/** How long before a billing date a firm must have made a change by hand; the table of deadlines says it. */
public interface NoticeByHand {

    /** @param effective the billing date */
    int days(LocalDate effective);
}
