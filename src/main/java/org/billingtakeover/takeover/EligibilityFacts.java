package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Payer;

/**
 * What the eligibility table asks about a client, as known on one day.
 *
 * @param today local date of the client
 * @param openTakeover whether another case of the company is under way
 */
public record EligibilityFacts(Account account, LocalDate today, boolean openTakeover, boolean primaryAdminDisputed) {

    /**
     * The columns of the table: input name to value. Days are texts such as 2026-01-31, since the engine keeps what a table was
     * asked and cannot keep a local date. {@code nextPayment} has no column of its own: the table works out dates from it.
     */
    public Map<String, Object> columns() {
        Subscription time = account.time();
        LocalDate nextPayment = BillingDates.next(time, today);
        boolean annual = time.cycle() == BillingCycle.ANNUAL;
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("arrangement", account.arrangement().name());
        columns.put(
                "onlineThroughWholesale",
                account.firm().wholesaleBilling()
                        && account.online().payer() == Payer.FIRM
                        && account.online().priceBasis() == PriceBasis.WHOLESALE);
        columns.put("paymentMethodOnFile", account.firm().paymentMethodOnFile());
        columns.put(
                "firmBillDateToday",
                BillingDates.next(account.firm().billDay(), today.minusDays(1)).equals(today));
        columns.put("daysToNextPayment", (int) ChronoUnit.DAYS.between(today, nextPayment));
        columns.put("annualPlan", annual);
        columns.put(
                "sameBillingRegion",
                account.firm().country().equals(account.client().country())
                        && account.firm().currency().equals(account.client().currency()));
        columns.put("onlineStatus", account.online().status().name());
        columns.put("timeStatus", time.status().name());
        columns.put("includedInPayroll", time.includedInPayroll());
        columns.put("openTakeover", openTakeover);
        columns.put("primaryAdminDisputed", primaryAdminDisputed);
        columns.put("today", today.toString());
        columns.put("nextPayment", nextPayment.toString());
        return columns;
    }
}
