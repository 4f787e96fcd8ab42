package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Payer;

/**
 * What the eligibility table of a way is asked about a client at one moment. A fact more is a component here, a line in
 * {@link #columns()} and an input of the same name in both tables.
 *
 * @param day the local date of the client for which it is asked: today, or the billing date of a change that has come to it
 * @param openTakeover whether another case of the company is under way
 * @param primaryAdminOfFirm whether whoever would be asked is, or may be, the firm itself
 * @param doubt the first thing that lists left in doubt about the client
 */
public record EligibilityFacts(
        Account account,
        Way way,
        Moment moment,
        LocalDate day,
        boolean openTakeover,
        boolean primaryAdminDisputed,
        boolean primaryAdminOfFirm,
        Optional<Doubts.Kind> doubt) {

    /**
     * The columns of the table: input name to value. Days are texts such as 2026-01-31, since the engine keeps what a table was
     * asked and cannot keep a local date. Payments are those of what moves. {@code nextPayment} has no column of its own: the
     * table works out dates from it.
     */
    public Map<String, Object> columns() {
        Subscription moving = account.subscription(way.moving());
        LocalDate nextPayment = nextPayment(moving);
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("moment", moment.name());
        columns.put("arrangement", account.arrangement().name());
        columns.put(
                "onlineThroughWholesale",
                account.firm().wholesaleBilling()
                        && account.online().payer() == Payer.FIRM
                        && account.online().priceBasis() == PriceBasis.WHOLESALE);
        columns.put("paymentMethodOnFile", account.firm().paymentMethodOnFile());
        columns.put(
                "firmBillDateToday",
                BillingDates.next(account.firm().billDay(), day.minusDays(1)).equals(day));
        columns.put("daysToNextPayment", (int) ChronoUnit.DAYS.between(day, nextPayment));
        columns.put("annualPlan", moving.cycle() == BillingCycle.ANNUAL);
        columns.put(
                "sameBillingRegion",
                account.firm().country().equals(account.client().country())
                        && account.firm().currency().equals(account.client().currency()));
        columns.put("onlineStatus", account.online().status().name());
        columns.put("timeStatus", account.time().status().name());
        columns.put("includedInPayroll", account.time().includedInPayroll());
        columns.put("openTakeover", openTakeover);
        columns.put("primaryAdminDisputed", primaryAdminDisputed);
        columns.put("primaryAdminOfFirm", primaryAdminOfFirm);
        columns.put("inDoubt", doubt.map(Enum::name).orElse("NO"));
        columns.put("today", day.toString());
        columns.put("nextPayment", nextPayment.toString());
        return columns;
    }

    /** On a billing date it is that day's own payment that counts: an annual plan switches on its renewal day. */
    private LocalDate nextPayment(Subscription moving) {
        return BillingDates.next(moving, moment == Moment.BILLING_DATE ? day.minusDays(1) : day);
    }
}
