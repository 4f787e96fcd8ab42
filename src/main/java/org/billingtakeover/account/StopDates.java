package org.billingtakeover.account;

import java.time.LocalDate;

/** Tells when the integration of a client found in a split arrangement stops, where the account list does not say. */
public interface StopDates {

    /**
     * @param detected the local date of the client on which an import first found the split
     * @return the local date of the client on which the integration stops
     */
    LocalDate defaultFor(LocalDate detected);
}
