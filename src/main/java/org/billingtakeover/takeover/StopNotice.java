package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.billingtakeover.billing.BillingDates;

/** Proof that firm and client were both told, in time, of the day on which an integration stops: without it, none does. */
public final class StopNotice {

    private final Instant stopAt;

    private StopNotice(Instant stopAt) {
        this.stopAt = stopAt;
    }

    /**
     * @param stopDate the local date of the client on which the integration is to stop
     * @param zone the client's
     * @param firm what arrived at the firm, and the day on which it did
     * @param client what arrived at the client
     * @param days how many days before the stop both have to be told
     */
    static Optional<StopNotice> of(
            LocalDate stopDate, ZoneId zone, Optional<Told> firm, Optional<Told> client, int days) {
        return isInTime(stopDate, firm, days) && isInTime(stopDate, client, days)
                ? Optional.of(new StopNotice(BillingDates.startOf(stopDate, zone)))
                : Optional.empty();
    }

    private static boolean isInTime(LocalDate stopDate, Optional<Told> told, int days) {
        return told.filter(each ->
                        !each.stopDate().isAfter(stopDate) && ChronoUnit.DAYS.between(each.on(), stopDate) >= days)
                .isPresent();
    }

    boolean covers(Instant stop) {
        return stopAt.equals(stop);
    }

    /**
     * @param stopDate the day that was named
     * @param on the day on which the mail went out, by the client's calendar
     */
    record Told(LocalDate stopDate, LocalDate on) {}
}
