package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsSentIn;
import org.billingtakeover.billing.BillsSentIn.Bill;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The page of the proof")
class BillPageTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);
    private static final byte[] BILL = "%PDF-1.7 a bill".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    Bookings bookings;

    @Autowired
    ChangesByHand changes;

    @Autowired
    BillsSentIn bills;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Door door;

    private Account account;
    private TakeoverKey key;
    private BookingKey booking;
    private Visitor accountant;

    @BeforeEach
    void givenAChangeByHand() {
        door.opens();
        account = door.client(door.firm("B"), "8");
        key = new TakeoverKey(door.opened(account));
        booking = toBeMade();
        accountant = person("accountant", account.firm());
    }

    @Test
    @DisplayName("takes a bill once the firm says that it has made the change, and gives it to whoever compares it")
    void sentIn() {
        assertThat(page(accountant)).contains("to be made by the firm").doesNotContain("type=\"file\"");
        changes.made(booking);
        assertThat(page(accountant)).contains("made, as the firm says; not shown yet", "type=\"file\"");

        sendsIn("../bill <b>.pdf", BILL);

        assertThat(page(accountant)).contains("The bill was sent in", "bill &lt;b&gt;.pdf");
        Bill bill = bills.of(booking).get(0);
        assertThat(bill.type()).isEqualTo(BillsSentIn.Type.PDF);
        Visitor operations = person("billing-operations", account.firm());
        HttpResponse<String> file = operations.get("/cases/" + key + "/bill/" + bill.id());
        assertThat(file.body()).isEqualTo("%PDF-1.7 a bill");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty,          The file is not there,              Choose a file that is not empty",
        "text,           <html><script>alert(1)</script>,    neither a PDF nor a PNG or JPEG picture",
        "too large,      %PDF-,                              larger than 5 MB"
    })
    @DisplayName("says what is wrong with a file that is no bill, and keeps nothing of it")
    void notABill(String what, String begins, String sentence) {
        changes.made(booking);
        byte[] content = switch (what) {
            case "empty" -> new byte[0];
            case "text" -> begins.getBytes(StandardCharsets.US_ASCII);
            default -> Arrays.copyOf(begins.getBytes(StandardCharsets.US_ASCII), 5 * 1024 * 1024 + 1);
        };

        sendsIn("bill.pdf", content);

        assertThat(page(accountant)).contains(sentence);
        assertThat(bills.of(booking)).isEmpty();
    }

    @Test
    @DisplayName("takes ten bills of one change, and no more")
    void mostBills() {
        changes.made(booking);
        for (int number = 0; number < 11; number++) {
            sendsIn("bill " + number + ".pdf", BILL);
        }
        assertThat(page(accountant)).contains("10 bills were sent in for this change already");
        assertThat(bills.of(booking)).hasSize(10);
    }

    @Test
    @DisplayName(
            "does not exist for another firm, nor for whoever has no such right; nor does its bill by another case")
    void others() {
        changes.made(booking);
        sendsIn("bill.pdf", BILL);
        String bill = "/bill/" + bills.of(booking).get(0).id();
        Account other = door.client(door.firm("O"), "9");
        TakeoverKey otherCase = new TakeoverKey(door.opened(other));
        Visitor stranger = person("accountant", other.firm());

        assertThat(stranger.get("/cases/" + key + "/bill").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/cases/" + key + bill).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/cases/" + otherCase + bill).statusCode()).isEqualTo(404);
        stranger.get("/cases/" + otherCase);
        assertThat(stranger.upload("/cases/" + key + "/bill", Map.of(), "bill.pdf", BILL)
                        .statusCode())
                .isEqualTo(404);
        for (String role : new String[] {"client-support", "process-owner", "auditor", "camunda-admin"}) {
            Visitor colleague = person(role, account.firm());
            assertThat(colleague.get("/cases/" + key + "/bill").statusCode())
                    .as(role)
                    .isEqualTo(403);
            assertThat(colleague.get("/cases/" + key + bill).statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
        assertThat(bills.of(booking)).hasSize(1);
    }

    @Test
    @DisplayName("is not there for a case in which nothing is changed by hand")
    void nothingByHand() {
        Account other = door.client(door.firm("N"), "7");
        TakeoverKey otherCase = new TakeoverKey(door.opened(other));
        Visitor itsAccountant = person("accountant", other.firm());

        assertThat(itsAccountant.get("/cases/" + otherCase + "/bill").statusCode())
                .isEqualTo(404);
        itsAccountant.get("/cases/" + otherCase);
        itsAccountant.upload("/cases/" + otherCase + "/bill", Map.of(), "bill.pdf", BILL);
        assertThat(itsAccountant.get("/cases/" + otherCase).body()).contains("no bill is wanted");
    }

    private String page(Visitor visitor) {
        return visitor.get("/cases/" + key + "/bill").body();
    }

    private void sendsIn(String name, byte[] content) {
        page(accountant);
        accountant.upload("/cases/" + key + "/bill", Map.of(), name, content);
    }

    /** As the case of a firm that makes its changes itself wants it. */
    private BookingKey toBeMade() {
        transaction.executeWithoutResult(status -> bookings.want(
                key,
                new Booking.Wish(
                        "FIRM_TAKES_TIME",
                        PlatformName.BY_HAND,
                        account.client().companyId(),
                        account.time().product(),
                        account.firm().id(),
                        Payer.FIRM,
                        BILLING_DATE,
                        account.client().timeZone(),
                        NOW),
                NOW));
        Order order = bookings.wantedBy(key).orElseThrow().order();
        changes.add(new ChangeByHand(order, ChangeByHand.Step.TO_MAKE, Optional.empty(), Optional.empty(), NOW));
        return order.key();
    }

    private Visitor person(String role, Firm firm) {
        return door.signedIn(role, role.equals("accountant") ? firm : null);
    }
}
