package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.billing.DueOnBill.Billed;
import org.billingtakeover.billing.DueOnBill.Days;
import org.billingtakeover.billing.DueOnBill.Paid;
import org.billingtakeover.kernel.Payer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The firm is billed on the 15th, the client's QuickBooks Time on the 20th, its QuickBooks Online has the 12th. */
@DisplayName("A bill")
class DueOnBillTest {

    private static final LocalDate LISTED = LocalDate.of(2026, 1, 5);

    private final Firm firm = SampleAccounts.firm("F-1");
    private final Account account = SampleAccounts.split(firm, "C-1");

    @Test
    @DisplayName(
            "charges the days until the next one, the first from its own day on: what came before was billed elsewhere")
    void aMonth() {
        assertThat(online(paid(LISTED, null), List.of(), "2026-03-15"))
                .containsExactly(charge("2026-03-15", "2026-04-15"));
        assertThat(time(paid(LISTED, null), List.of(), "2026-03-20"))
                .containsExactly(charge("2026-03-20", "2026-04-20"));
    }

    @Test
    @DisplayName("charges nothing twice, and what was left out")
    void goesOn() {
        List<Billed> billed = List.of(charged(1, "2026-03-15", "2026-04-15"));

        assertThat(online(paid(LISTED, null), billed, "2026-03-15")).isEmpty();
        assertThat(online(paid(LISTED, null), billed, "2026-05-15"))
                .containsExactly(charge("2026-04-15", "2026-05-15"), charge("2026-05-15", "2026-06-15"));
    }

    @Test
    @DisplayName("charges a change in mid-period by its days, and the period that begins")
    void changeInMidPeriod() {
        List<Days> due = DueOnBill.of(
                account,
                account.time(),
                Payer.FIRM,
                List.of(new Paid(LocalDate.of(2026, 3, 20), null, true)),
                List.of(),
                LocalDate.of(2026, 4, 15));

        assertThat(due).containsExactly(charge("2026-03-20", "2026-04-15"), charge("2026-04-15", "2026-05-15"));
        BillPeriod period = BillingDates.period(
                account, account.time(), Payer.FIRM, due.get(0).from());
        assertThat(period).isEqualTo(new BillPeriod(LocalDate.of(2026, 3, 15), LocalDate.of(2026, 4, 15), 1));
    }

    @Test
    @DisplayName("gives back once the days that were paid ahead and that the payer does not pay any more")
    void givesBack() {
        Paid ended = paid(LISTED, LocalDate.of(2026, 4, 12));
        List<Billed> billed = new ArrayList<>(List.of(charged(1, "2026-03-15", "2026-04-15")));

        assertThat(online(ended, billed, "2026-04-15"))
                .containsExactly(new Days(LocalDate.of(2026, 4, 12), LocalDate.of(2026, 4, 15), 1L));

        billed.add(new Billed(2, LocalDate.of(2026, 4, 12), LocalDate.of(2026, 4, 15), true, false));
        assertThat(online(ended, billed, "2026-05-15")).isEmpty();
    }

    @Test
    @DisplayName("gives back whole what was charged wrongly, and charges it anew")
    void mendsAMistake() {
        LocalDate march = LocalDate.of(2026, 3, 15);
        LocalDate april = LocalDate.of(2026, 4, 15);
        List<Billed> billed = new ArrayList<>(List.of(new Billed(1, march, april, false, true)));

        assertThat(online(paid(LISTED, null), billed, "2026-04-15"))
                .containsExactly(
                        charge("2026-03-15", "2026-04-15"),
                        charge("2026-04-15", "2026-05-15"),
                        new Days(march, april, 1L));

        billed.set(0, charged(1, "2026-03-15", "2026-04-15"));
        billed.add(charged(2, "2026-03-15", "2026-05-15"));
        billed.add(new Billed(3, march, april, true, false));
        assertThat(online(paid(LISTED, null), billed, "2026-04-15"))
                .as("what was given back was charged anew before")
                .doesNotContain(new Days(march, april, 1L));
    }

    @Test
    @DisplayName("keeps to the end of shorter months and returns to its own day")
    void shortMonths() {
        Account atTheEnd = withTime(BillingCycle.MONTHLY, 31, null, SubscriptionStatus.ACTIVE);

        assertThat(of(atTheEnd, "2026-02-28")).containsExactly(charge("2026-02-28", "2026-03-31"));
        assertThat(of(atTheEnd, "2026-03-31")).containsExactly(charge("2026-03-31", "2026-04-30"));
    }

    @Test
    @DisplayName("charges a year from the renewal of an annual plan on, and nothing before")
    void annual() {
        Account yearly = withTime(BillingCycle.ANNUAL, 1, LocalDate.of(2026, 6, 8), SubscriptionStatus.ACTIVE);

        assertThat(BillingDates.nextBill(yearly, Payer.CLIENT, LocalDate.of(2026, 4, 30)))
                .isEqualTo("2026-05-08");
        assertThat(of(yearly, "2026-05-08")).isEmpty();
        assertThat(of(yearly, "2026-06-08")).containsExactly(charge("2026-06-08", "2027-06-08"));
        assertThat(BillingDates.period(yearly, yearly.time(), Payer.CLIENT, LocalDate.of(2026, 6, 8))
                        .months())
                .isEqualTo(12);
    }

    @Test
    @DisplayName("charges and gives back nothing once a subscription is cancelled")
    void cancelled() {
        Account gone = withTime(BillingCycle.MONTHLY, 20, null, SubscriptionStatus.CANCELLED);

        assertThat(DueOnBill.of(
                        gone,
                        gone.time(),
                        Payer.CLIENT,
                        List.of(paid(LISTED, null)),
                        List.of(charged(1, "2026-02-20", "2026-03-20")),
                        LocalDate.of(2026, 3, 20)))
                .isEmpty();
    }

    private List<Days> online(Paid paid, List<Billed> billed, String bill) {
        return DueOnBill.of(account, account.online(), Payer.FIRM, List.of(paid), billed, LocalDate.parse(bill));
    }

    private List<Days> time(Paid paid, List<Billed> billed, String bill) {
        return DueOnBill.of(account, account.time(), Payer.CLIENT, List.of(paid), billed, LocalDate.parse(bill));
    }

    private static List<Days> of(Account client, String bill) {
        return DueOnBill.of(
                client, client.time(), Payer.CLIENT, List.of(paid(LISTED, null)), List.of(), LocalDate.parse(bill));
    }

    private Account withTime(BillingCycle cycle, int day, @Nullable LocalDate renewal, SubscriptionStatus status) {
        return like(
                account,
                "time",
                like(account.time(), "cycle", cycle, "billingDay", day, "renewalDate", renewal, "status", status));
    }

    private static Paid paid(LocalDate from, @Nullable LocalDate until) {
        return new Paid(from, until, false);
    }

    private static Billed charged(long line, String from, String until) {
        return new Billed(line, LocalDate.parse(from), LocalDate.parse(until), false, false);
    }

    private static Days charge(String from, String until) {
        return new Days(LocalDate.parse(from), LocalDate.parse(until), null);
    }
}
