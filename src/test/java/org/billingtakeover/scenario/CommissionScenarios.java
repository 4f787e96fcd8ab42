package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.commission.Accrual;
import org.billingtakeover.commission.ClientBill;
import org.billingtakeover.commission.EarnByBills;
import org.billingtakeover.commission.PaymentsFile;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.takeover.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ScenarioTest
@DisplayName("Commissions")
class CommissionScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);
    private static final LocalDate NEXT_QUARTER = LocalDate.of(2026, 4, 1);
    private static final Currency CAD = Currency.getInstance("CAD");
    private static final String COLUMN = "Time commissions not paid";

    @Autowired
    PaymentsFile file;

    @Autowired
    BillsDue due;

    @Autowired
    EarnByBills earnByBills;

    @Autowired
    BillingPlatform platform;

    @BeforeEach
    void begin() {
        world.paysDaily();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"249.99", "250.00"})
    @DisplayName(
            "S78 a quarter that ends is carried over below the threshold of 250, and paid from it on: the firm is told, its payment ordered once")
    void quarterEnds(String listed) {
        world.imports(firm, AccountLine.split().with(COLUMN, listed));
        boolean pays = listed.equals("250.00");
        assertThat(world.balance(firm)).hasValue(Money.of(listed, CAD));

        world.timePassesTo(NEXT_QUARTER);
        world.timePassesTo(NEXT_QUARTER.plusDays(3));

        assertThat(world.payouts(firm)).isEqualTo(pays ? List.of(Money.of(listed, CAD)) : List.of());
        assertThat(world.balance(firm)).hasValue(pays ? Money.zero(CAD) : Money.of(listed, CAD));
        assertThat(world.mails.of(new FirmKey(firm.id())))
                .extracting(mail -> mail.kind().name())
                .isEqualTo(pays ? List.of("COMMISSION_PAID") : List.of());
        assertThat(orders()).isEqualTo(pays ? List.of(firm.id() + "-2026-Q1 " + listed) : List.of());
        assertThat(world.toldOfProduct("QUARTER_PAID", firm)).isEqualTo(pays ? 1 : 0);
        assertThat(world.toldOfProduct("QUARTER_CARRIED_OVER", firm)).isEqualTo(pays ? 0 : 1);
        if (pays) {
            assertThat(world.textsTo(firm.email()))
                    .anyMatch(
                            text -> text.contains("What you earned until March 31, 2026 and had not been paid, $250.00")
                                    && text.contains("/commissions"));
        }
    }

    @Test
    @DisplayName("S78 servers that were down over the end of quarters make up for them")
    void serversWereDown() {
        world.imports(firm, AccountLine.split().with(COLUMN, "300.00"));

        world.serverIsDownUntil(
                LocalDate.of(2026, 7, 5).atTime(12, 0).atZone(World.TORONTO).toInstant());
        world.timePassesTo(LocalDate.of(2026, 7, 6));

        assertThat(orders()).containsExactly(firm.id() + "-2026-Q1 300.00");
    }

    @Test
    @DisplayName(
            "S12 S78 at a take-over the whole balance is paid at once, whatever it is, and ordered; the subscription earns nothing more")
    void takeoverPays() {
        Account account = world.imports(firm, AccountLine.split().with(COLUMN, "0.25"));
        String key = world.confirmed(account);
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payouts(firm)).containsExactly(Money.of("0.25", CAD));
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(orders()).containsExactly(key + " 0.25");
        assertThat(world.earn.earnedOn(
                        new ClientBill(firm.id(), account.time(), "B-1", Money.of("100.00", CAD), TODAY, BILLING_DATE)))
                .isEqualTo(Accrual.ENDED);

        world.timePassesTo(NEXT_QUARTER);
        assertThat(world.payouts(firm)).containsExactly(Money.of("0.25", CAD));
    }

    @Test
    @DisplayName(
            "S12 S78 revenue share accrues from the platform's bills, each once, until a take-over pays it and ends it")
    void earnedByBills() {
        world.nobodyIsBilledBut(firm);
        billed();
        Account account = world.imports(firm, AccountLine.split());
        assertThat(world.balance(firm)).as("not known, and not nothing").isEmpty();

        world.timePassesTo(BILLING_DATE);
        billed();
        Money net = platform.bills()
                .orElseThrow()
                .of(account.client().companyId(), Product.QUICKBOOKS_TIME, TODAY)
                .get(0)
                .lines()
                .get(0)
                .charge()
                .net();
        Money share = net.part(30, 100);
        assertThat(share.isPositive()).isTrue();
        assertThat(world.balance(firm)).hasValue(share);
        billed();
        assertThat(world.balance(firm)).as("read again").hasValue(share);

        String key = world.confirmed(account);
        LocalDate switchDate = BILLING_DATE.plusMonths(1);
        world.timePassesTo(switchDate);
        billed();
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payouts(firm)).containsExactly(share);
        world.timePassesTo(switchDate.plusMonths(1));
        billed();
        assertThat(world.balance(firm)).hasValue(Money.zero(CAD));
    }

    private void billed() {
        due.make();
        earnByBills.read();
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"0", "", "#N/A"})
    @DisplayName(
            "S13 S78 where nothing was earned, or the list does not say what, nothing is paid; 0 is known, the rest is not")
    void nothingOrNotKnown(String cell) {
        String key = world.confirmed(world.imports(firm, AccountLine.split().with(COLUMN, cell)));

        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payouts(firm)).isEmpty();
        if (cell.equals("0")) {
            assertThat(world.balance(firm)).hasValue(Money.zero(CAD));
        } else {
            assertThat(world.balance(firm)).isEmpty();
        }
    }

    @Test
    @DisplayName("S43 S78 three cases that switch together pay the balance once")
    void threeTogether() {
        List<Account> three = List.of(
                world.imports(firm, AccountLine.split().with(COLUMN, "40.00")),
                world.imports(firm, AccountLine.split().with(COLUMN, "50.00")),
                world.imports(firm, AccountLine.split().with(COLUMN, "30.00")));
        three.forEach(world::confirmed);

        world.timePassesTo(BILLING_DATE);
        world.timePassesTo(BILLING_DATE.plusDays(1));

        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
        assertThat(orders()).singleElement().asString().endsWith(" 120.00");
    }

    @Test
    @DisplayName("S78 whoever reviews sees the balance before deciding, and that it is not known")
    void seenBeforeDeciding() {
        String unknown = world.opened(world.imports(firm, AccountLine.split()));
        assertThat(compared(unknown)).contains("Commission balance: not known");

        Firm other = world.firm();
        String known = world.opened(world.imports(other, AccountLine.split().with(COLUMN, "12.00")));
        assertThat(compared(known)).contains("Commission balance of $12.00");
    }

    @Test
    @DisplayName("S78 the same list again, and an older one, change nothing; a newer one counts")
    void lists() {
        AccountLine line = AccountLine.split().with(COLUMN, "80.00");
        world.imports(firm, line);
        world.imports(firm, line);
        world.imports(firm, line.with(COLUMN, "500.00"), TODAY.minusDays(10));
        assertThat(world.balance(firm)).hasValue(Money.of("80.00", CAD));

        world.imports(firm, line.with(COLUMN, "95.00"));
        assertThat(world.balance(firm)).hasValue(Money.of("95.00", CAD));
    }

    @Test
    @DisplayName("S78 what a list says of a subscription that the firm pays itself is nothing earned")
    void firmPays() {
        world.imports(firm, AccountLine.split().with("Time payer", "Firm").with(COLUMN, "80.00"));

        assertThat(world.balance(firm)).isEmpty();
    }

    private List<String> compared(String key) {
        Object lines = world.shownBy(key, "UserTask_ReviewNewCost", "quote").get("compared");
        return ((List<?>) lines)
                .stream()
                        .map(line -> String.valueOf(((Map<?, ?>) line).get("what")))
                        .toList();
    }

    private List<String> orders() {
        return file.orders(0, Integer.MAX_VALUE).stream()
                .filter(order -> order.firm().equals(firm.id()))
                .map(order -> order.key() + " " + order.amount().amount())
                .toList();
    }
}
