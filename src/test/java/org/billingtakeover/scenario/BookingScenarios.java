package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ScenarioTest
@DisplayName("What is booked on the platform")
class BookingScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);
    private static final Instant CUT_OFF =
            BILLING_DATE.atTime(2, 0).atZone(World.TORONTO).toInstant();

    @Autowired
    Withdraw withdraw;

    @AfterEach
    void upAgain() {
        world.platform.isDown(false);
        world.platform.losesAnswers(0);
    }

    @Test
    @DisplayName("S60 is the change that the client confirmed, for its next billing date and before it, once")
    void bookedAhead() {
        Account account = world.imports(firm, AccountLine.split());
        String key = world.confirmed(account);

        assertThat(world.happened(key)).containsOnlyOnce("CHANGE_BOOKED").doesNotContain("SWITCHED");
        List<Order> orders = world.platform.ordersFor(account.client().companyId());
        assertThat(orders).hasSize(1);
        assertThat(orders.get(0).effective()).isEqualTo(BILLING_DATE);
        assertThat(orders.get(0).key().text()).isEqualTo(key + "/FIRM_TAKES_TIME/2026-03-15/1");
        assertThat(world.platform.standing(orders.get(0).key())).isEqualTo(new Standing.Booked());
        assertThat(world.lastTo(account.client().admin().email()))
                .contains("until March 15, 2026 at 2:00 a.m. your local time");
        assertThat(world.lastTo(firm.email())).contains("until March 15, 2026 at 2:00 a.m. the client’s local time");

        world.timePassesTo(CUT_OFF.minusMillis(1));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.platform.standing(orders.get(0).key())).isEqualTo(new Standing.Effective(BILLING_DATE));
        assertThat(world.platform.ordersFor(account.client().companyId())).hasSize(1);
        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.CONFIRMED);
    }

    @Test
    @DisplayName("S60 of option 2 is QuickBooks Online, by its own billing date")
    void bookedOnline() {
        Account account = world.imports(firm, AccountLine.split());
        String key = world.confirmedOnline(account);
        Order order = world.newestBooking(key).order();
        assertThat(order.product()).isEqualTo(Product.QUICKBOOKS_ONLINE);
        assertThat(order.newPayer()).isEqualTo(Payer.CLIENT);
        assertThat(order.effective()).isEqualTo(world.takeover(key).billingDate());
        world.timePassesTo(order.effective());
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "firm"})
    @DisplayName("S61 is gone on the platform when either party withdraws, and both are told")
    void withdrawn(String party) {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        withdraws(party, key);
        world.runDue();

        assertThat(world.platform.standing(world.newestBooking(key).order().key()))
                .isEqualTo(new Standing.Withdrawn());
        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.WITHDRAWN);
        assertThat(world.happened(key)).contains("WITHDRAWN", "BOOKING_WITHDRAWN");
        assertThat(world.mailKindsOf(key)).contains("WITHDRAWN to FIRM", "WITHDRAWN to CLIENT");
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "firm"})
    @DisplayName("S61 can be withdrawn until the cut-off that was named, and not after it")
    void cutOff(String party) {
        String inTime = world.confirmed(world.imports(firm, AccountLine.split()));
        String late = world.confirmed(world.imports(firm, AccountLine.split()));

        world.timePassesTo(CUT_OFF.minusSeconds(1));
        withdraws(party, inTime);
        world.runDue();
        world.timePassesTo(CUT_OFF);
        assertThatThrownBy(() -> withdraws(party, late)).hasMessage("tooLateToWithdraw");
        world.timePassesTo(BILLING_DATE);

        assertThat(world.payerOn(inTime, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.CLIENT);
        assertThat(world.payerOn(late, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.takeover(late).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("S62 is one booking where answers are lost: the platform is read before anything is repeated")
    void lostAnswers(int lost) {
        Account account = world.imports(firm, AccountLine.split());
        String key = world.asked(account);
        world.platform.losesAnswers(lost);

        world.clientAnswers(key, true);
        assertThat(world.happened(key)).doesNotContain("CHANGE_BOOKED");
        world.timePassesTo(world.clock.instant().plus(Duration.ofHours(1)));
        for (int look = 0; look < lost; look++) {
            world.clock.set(world.clock.instant().plus(Duration.ofMinutes(6)));
            world.runDue();
        }

        assertThat(world.happened(key)).containsOnlyOnce("CHANGE_BOOKED");
        assertThat(world.platform.ordersFor(account.client().companyId()))
                .as("what was ordered once is only read")
                .hasSize(1);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "S64 is confirmed by reading, effective as booked, where the platform was down over the billing date; nobody was held up")
    void downOverTheBillingDate() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.timePassesTo(BILLING_DATE.minusDays(1));
        world.platform.isDown(true);
        String other = world.confirmed(world.imports(firm, AccountLine.split().billedOn(28)));
        assertThat(world.takeover(other).stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(world.mailKindsOf(other)).contains("SCHEDULED to FIRM", "SCHEDULED to CLIENT");

        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.happened(key)).doesNotContain("SWITCHED", "SWITCH_REJECTED", "BILLING_DATE_MOVED");
        world.platform.isDown(false);
        world.timePassesTo(BILLING_DATE.plusDays(2));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.newestBooking(other).progress()).isEqualTo(Booking.Progress.BOOKED);
    }

    @Test
    @DisplayName(
            "S65 too late for the platform's bills is for the next billing date, with both told, and never backdated")
    void tooLate() {
        Account account = world.imports(firm, AccountLine.split());
        String key = world.asked(account);
        world.timePassesTo(BILLING_DATE.minusDays(1));
        world.platform.isDown(true);
        world.clientAnswers(key, true);
        assertThat(world.takeover(key).billingDate()).isEqualTo(BILLING_DATE);

        world.timePassesTo(BILLING_DATE);
        world.platform.isDown(false);
        world.timePassesTo(BILLING_DATE.plusDays(1));

        LocalDate next = BILLING_DATE.plusMonths(1);
        assertThat(world.takeover(key).billingDate()).isEqualTo(next);
        assertThat(world.happened(key)).contains("BOOKED_TOO_LATE", "BILLING_DATE_MOVED");
        assertThat(world.mailKindsOf(key)).contains("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT");
        assertThat(world.lastTo(account.client().admin().email()))
                .contains("could not be made on March 15, 2026", "April 15, 2026");
        world.timePassesTo(next);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.platform.history(account.client().companyId(), Product.QUICKBOOKS_TIME))
                .extracting(PayerPeriod::payer, PayerPeriod::until)
                .startsWith(org.assertj.core.groups.Tuple.tuple(Payer.CLIENT, next));
    }

    @Test
    @DisplayName(
            "S64 is made by the platform all the same where a withdrawal could not reach it in time: billing operations are told")
    void madeThoughWithdrawn() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.timePassesTo(BILLING_DATE.minusDays(1));
        world.platform.isDown(true);
        withdraws("firm", key);
        world.timePassesTo(BILLING_DATE);
        world.platform.isDown(false);
        world.timePassesTo(BILLING_DATE.plusDays(1));

        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.shownBy(Language.EN, key, "UserTask_ResolveRefusedStep", "refusedStep")
                        .toString())
                .contains("the platform has made it all the same");
    }

    private void withdraws(String party, String key) {
        if (party.equals("client")) {
            withdraw.byClient(new TakeoverKey(key));
        } else {
            withdraw.byFirm(new TakeoverKey(key), "alice");
        }
    }
}
