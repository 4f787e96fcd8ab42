package org.billingtakeover.billing;

import java.time.LocalDate;

/** How long the first bills after a change are waited for. */
public interface TimeForBills {

    /**
     * Days after both parties are to have been billed.
     *
     * @param made the day on which they are, local date of the client
     */
    int days(LocalDate made);
}
