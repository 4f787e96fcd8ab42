package org.billingtakeover.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.billing.ForeseeFirstBill;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.billing.PlatformBills.Heading;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.MakeCharge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The firm is billed on the 15th, the client's QuickBooks Time on the 20th, its QuickBooks Online has the 12th. */
@AccountTest
@DisplayName("The ledger")
class BillRunTest {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final Currency CAD = Currency.getInstance("CAD");

    @Autowired
    private Platforms<BillingPlatform> platforms;

    @Autowired
    private BillsDue due;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MakeCharge makeCharge;

    @Autowired
    private TestClock clock;

    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());
    private final CompanyId company = new CompanyId("c-" + UUID.randomUUID());
    private Account account = SampleAccounts.split(firm, company.text());

    @BeforeEach
    void givenAClientThatPaysForTime() {
        transaction.executeWithoutResult(running -> {
            jdbc.sql("delete from ledger_bill_run").update();
            jdbc.sql("update firm set platform = 'BY_HAND'").update();
        });
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        accounts.save(firm);
        accounts.save(List.of(account));
        events.publishEvent(new PayersImported(
                List.of(new Payers(firm.id(), company, Payer.FIRM, Payer.CLIENT, LocalDate.of(2026, 3, 2)))));
        due.make();
    }

    @AfterEach
    void putBackTheClock() {
        clock.set(AccountTest.NOW);
    }

    @Test
    @DisplayName("makes the one bill of each payer on its own day, at its own hour, once")
    void oneBillEach() {
        clock.set(Instant.parse("2026-03-15T05:59:59Z"));
        due.make();
        assertThat(headings()).isEmpty();
        assertThat(due.next()).contains(Instant.parse("2026-03-15T06:00:00Z"));

        clock.set(Instant.parse("2026-03-15T06:00:00Z"));
        due.make();
        assertThat(headings()).extracting(Heading::day).containsExactly(LocalDate.of(2026, 3, 15));

        until("2026-04-20");
        due.make();

        assertThat(words())
                .containsExactly(
                        "FIRM 2026-03-15: QUICKBOOKS_ONLINE 2026-03-15 to 2026-04-15 WHOLESALE 50.00 + 5.00",
                        "CLIENT 2026-03-20: QUICKBOOKS_TIME 2026-03-20 to 2026-04-20 LIST 60.00 + 6.00",
                        "FIRM 2026-04-15: QUICKBOOKS_ONLINE 2026-04-15 to 2026-05-15 WHOLESALE 50.00 + 5.00",
                        "CLIENT 2026-04-20: QUICKBOOKS_TIME 2026-04-20 to 2026-05-20 LIST 60.00 + 6.00");
        assertThat(bills().of(company, Product.QUICKBOOKS_TIME, LocalDate.of(2026, 4, 1)))
                .extracting(Bill::total)
                .containsExactly(Money.of("66.00", CAD));
        assertThat(headings().get(0).total()).isEqualTo(Money.of("66.00", CAD));
    }

    @Test
    @DisplayName("lists clients in the order of their names, in which É stands with E")
    void inOrderOfNames() {
        List<CompanyId> inOrder = Stream.of("Atelier", "Épicerie", "Zinc")
                .map(name -> new CompanyId(name + "-" + UUID.randomUUID()))
                .toList();
        for (CompanyId each : inOrder) {
            Account named = SampleAccounts.split(firm, each.text());
            accounts.save(List.of(named));
            events.publishEvent(new PayersImported(
                    List.of(new Payers(firm.id(), each, Payer.FIRM, Payer.CLIENT, LocalDate.of(2026, 3, 2)))));
        }
        until("2026-03-15");

        assertThat(headings().stream()
                        .flatMap(heading -> bills().bill(heading.number()).stream())
                        .flatMap(bill -> bill.lines().stream())
                        .map(Line::company)
                        .filter(inOrder::contains))
                .containsExactlyElementsOf(inOrder);
    }

    @Test
    @DisplayName("charges a firm that has taken over by days until its own bill date, with the first month")
    void option1() {
        book(Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-20");
        until("2026-04-15");

        assertThat(words())
                .containsExactly(
                        "FIRM 2026-03-15: QUICKBOOKS_ONLINE 2026-03-15 to 2026-04-15 WHOLESALE 50.00 + 5.00",
                        "FIRM 2026-04-15: QUICKBOOKS_ONLINE 2026-04-15 to 2026-05-15 WHOLESALE 50.00 + 5.00",
                        // 26 of the 31 days from March 15 on.
                        "FIRM 2026-04-15: QUICKBOOKS_TIME 2026-03-20 to 2026-04-15 PROADVISOR_PREFERRED 25.16 + 2.52",
                        "FIRM 2026-04-15: QUICKBOOKS_TIME 2026-04-15 to 2026-05-15 PROADVISOR_PREFERRED 30.00 + 3.00");
        assertNoDayIsPaidTwiceOrByNobody(Product.QUICKBOOKS_TIME, "2026-03-20");
        assertThatIsAsForeseen(Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-20");
    }

    @Test
    @DisplayName("gives a firm back what it paid ahead, and bills the client for both products on one bill")
    void option2() {
        book(Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-04-12");
        until("2026-04-20");

        assertThat(words())
                .containsExactly(
                        "FIRM 2026-03-15: QUICKBOOKS_ONLINE 2026-03-15 to 2026-04-15 WHOLESALE 50.00 + 5.00",
                        "CLIENT 2026-03-20: QUICKBOOKS_TIME 2026-03-20 to 2026-04-20 LIST 60.00 + 6.00",
                        // 3 of 31 days.
                        "FIRM 2026-04-15: QUICKBOOKS_ONLINE 2026-04-12 to 2026-04-15 WHOLESALE -4.84 + -0.48",
                        // 8 of 31 days.
                        "CLIENT 2026-04-20: QUICKBOOKS_ONLINE 2026-04-12 to 2026-04-20 LIST 25.81 + 2.58",
                        "CLIENT 2026-04-20: QUICKBOOKS_ONLINE 2026-04-20 to 2026-05-20 LIST 100.00 + 10.00",
                        "CLIENT 2026-04-20: QUICKBOOKS_TIME 2026-04-20 to 2026-05-20 LIST 60.00 + 6.00");
        assertNoDayIsPaidTwiceOrByNobody(Product.QUICKBOOKS_ONLINE, "2026-03-15");
        assertThatIsAsForeseen(Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-04-12");
    }

    @Test
    @DisplayName("tells of bills one after the other, and knows none by another's number")
    void tellsOfThemInOrder() {
        until("2026-04-20");
        Optional<BillNumber> before = Optional.empty();
        List<BillNumber> told = new ArrayList<>();
        List<Bill> next = bills().after(before, 1);
        while (!next.isEmpty()) {
            before = Optional.of(next.get(0).number());
            told.add(next.get(0).number());
            next = bills().after(before, 1);
        }
        List<BillNumber> newestFirst = headings().stream().map(Heading::number).toList();
        assertThat(told)
                .containsSubsequence(newestFirst.get(3), newestFirst.get(2), newestFirst.get(1), newestFirst.get(0));
        assertThat(bills().ofFirm(firm.id(), Optional.of(newestFirst.get(1)), 10))
                .extracting(Heading::number)
                .containsExactly(newestFirst.get(2), newestFirst.get(3));
        assertThat(bills().bill(new BillNumber("INV-1"))).isEmpty();
    }

    @Test
    @DisplayName("starts with the day after it first sees somebody, and bills nobody whose firm works by hand")
    void startsTomorrow() {
        accounts.save(firm.changingOn(PlatformName.BY_HAND));
        until("2026-05-01");
        assertThat(headings()).isEmpty();
        assertThat(due.next()).isEmpty();
    }

    private void book(Product product, Payer newPayer, String date) {
        ledger().book(new Order(
                new BookingKey("TKO-" + UUID.randomUUID() + "/X/" + date + "/1"),
                company,
                product,
                firm.id(),
                newPayer,
                LocalDate.parse(date),
                ZONE));
    }

    private void until(String day) {
        LocalDate last = LocalDate.parse(day);
        clock.set(last.atTime(12, 0).atZone(ZONE).toInstant());
        due.make();
    }

    private void assertThatIsAsForeseen(Product moving, Payer newPayer, String date) {
        FirstBill foreseen = new ForeseeFirstBill(makeCharge)
                .of(account, moving, newPayer, LocalDate.parse(date))
                .orElseThrow();
        assertThat(lines(foreseen.bill().payer(), foreseen.bill().day()))
                .containsExactlyInAnyOrderElementsOf(foreseen.bill().lines().stream()
                        .map(FirstBill.Days::line)
                        .toList());
        foreseen.givenBack()
                .ifPresent(back -> assertThat(lines(back.payer(), back.day()))
                        .containsAll(
                                back.lines().stream().map(FirstBill.Days::line).toList()));
    }

    private List<Line> lines(Payer payer, LocalDate day) {
        return headings().stream()
                .filter(heading ->
                        heading.party().payer() == payer && heading.day().equals(day))
                .flatMap(heading -> bills().bill(heading.number()).stream())
                .flatMap(bill -> bill.lines().stream())
                .toList();
    }

    private void assertNoDayIsPaidTwiceOrByNobody(Product product, String from) {
        List<LocalDate> days = bills().of(company, product, LocalDate.of(2026, 3, 1)).stream()
                .flatMap(bill -> bill.lines().stream())
                .sorted((one, other) -> Boolean.compare(one.isCredit(), other.isCredit()))
                .reduce(new ArrayList<>(), BillRunTest::add, (one, other) -> one);
        LocalDate first = LocalDate.parse(from);
        assertThat(days.stream().sorted())
                .containsExactlyElementsOf(Stream.iterate(first, day -> day.plusDays(1))
                        .limit(days.size())
                        .toList());
    }

    private static List<LocalDate> add(List<LocalDate> days, Line line) {
        line.from().datesUntil(line.until()).forEach(line.isCredit() ? days::remove : days::add);
        return days;
    }

    private List<String> words() {
        return headings().stream()
                .sorted((one, other) -> one.day().compareTo(other.day()))
                .flatMap(heading -> bills().bill(heading.number()).stream())
                .flatMap(bill -> bill.lines().stream().map(line -> words(bill, line)))
                .toList();
    }

    private static String words(Bill bill, Line line) {
        return "%s %s: %s %s to %s %s %s + %s"
                .formatted(
                        bill.party().payer(),
                        bill.day(),
                        line.charge().product(),
                        line.from(),
                        line.until(),
                        line.charge().basis(),
                        line.charge().net().amount(),
                        line.charge().total().minus(line.charge().net()).amount());
    }

    private List<Heading> headings() {
        return bills().ofFirm(firm.id(), Optional.empty(), 10);
    }

    private BillingPlatform ledger() {
        return platforms.named(PlatformName.LEDGER);
    }

    private PlatformBills bills() {
        return ledger().bills().orElseThrow();
    }
}
