package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.CaseSeen;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ledger.LedgerBillsForTests;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequest.Answer;
import org.billingtakeover.takeover.ConsentRequest.Channel;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Happening.Happened;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The page of a case")
class CasePageTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    Takeovers takeovers;

    @Autowired
    ConsentRequests requests;

    @Autowired
    CaseEvents events;

    @Autowired
    Mails mails;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    IdentityService identities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationContext product;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    private Account account;
    private String key;
    private Visitor accountant;

    @BeforeEach
    void givenACase() {
        door.opens();
        account = door.client(door.firm("K"), "5");
        key = door.opened(account);
        accountant = door.signedIn("accountant", account.firm());
    }

    @Test
    @DisplayName("explains a withdrawal before the button that withdraws")
    void withdrawalIsAskedOnceMore() {
        String page = accountant.get("/cases/" + key).body();

        assertThat(page)
                .containsSubsequence(
                        "<details class=\"confirm\"",
                        "Withdraw …",
                        "The case ends as withdrawn.",
                        "Yes, withdraw",
                        "</details>");
        accountant.post("/cases/" + key + "/withdraw", Map.of());
        assertThat(CaseSeen.of(takeovers.takeover(new TakeoverKey(key))).outcome())
                .isEqualTo(Outcome.WITHDRAWN);
        assertThat(accountant.get("/cases/" + key).body()).doesNotContain("Yes, withdraw");
    }

    @Test
    @DisplayName("S84 acts on no case that stands elsewhere than the page showed, and says what has changed")
    void staleForm() {
        accountant.get("/cases/" + key);
        String since = String.valueOf(
                takeovers.takeover(new TakeoverKey(key)).state().quote().orElseThrow());
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update takeover set stage = 'STOPPING', way = 'CLIENT_TAKES_ONLINE', quote_number = null where key = ?")
                .param(key)
                .update());

        for (String action : List.of("/withdraw", "/reconsider", "/offer-instead", "/link", "/primary-admin")) {
            accountant.post("/cases/" + key + action, Map.of("seen", "REVIEW~~FIRM_TAKES_TIME~" + since + "~"));
            assertThat(accountant.get("/cases/" + key).body())
                    .as(action)
                    .contains(
                            "This page was open while something changed, so nothing was done.",
                            "“New cost to review” when the page was opened, “Bills stay separate” now",
                            "The cost: " + since + " when the page was opened");
        }
        assertThat(events.of(new TakeoverKey(key)).stream().map(CaseEvents.CaseEvent::what))
                .doesNotContain("WITHDRAWN", "RECONSIDERED");
    }

    @Test
    @DisplayName("S28 offers to have the client asked about its own way apart from withdrawing")
    void offersTheClientsWay() {
        asking();

        assertThat(accountant.get("/cases/" + key).body())
                .containsSubsequence("Offer the client to pay for both …", "The case goes on.", "Yes, offer it")
                .containsSubsequence("Withdraw …", "The case ends as withdrawn.", "Yes, withdraw");
    }

    @Test
    @DisplayName("says until when a case waits only as long as that is to come")
    void waitsForNothingPast() {
        asking();
        assertThat(accountant.get("/cases/" + key).body()).contains("Waiting until");

        clock.set(takeovers
                .takeover(new TakeoverKey(key))
                .state()
                .due()
                .orElseThrow()
                .plusSeconds(1));
        assertThat(accountant.get("/cases/" + key).body()).doesNotContain("Waiting until");
    }

    @Test
    @DisplayName(
            "sends the link of the open question again, and corrects the primary admin, under the name of whoever did it")
    void sendsTheLinkAgain() {
        asking();
        accountant.get("/cases/" + key);

        accountant.post("/cases/" + key + "/link", Map.of());
        String sent = accountant.get("/cases/" + key).body();
        accountant.post(
                "/cases/" + key + "/primary-admin",
                Map.of("name", "Luc Roy", "email", account.firm().email()));
        String refused = accountant.get("/cases/" + key).body();

        assertThat(sent).contains("The link is on its way", "Link sent again");
        assertThat(refused)
                .contains(
                        "a firm cannot agree for its client",
                        "value=\"" + account.firm().email() + "\"");
        assertThat(accounts.account(account.client().id()).client().admin())
                .isEqualTo(account.client().admin());
    }

    @Test
    @DisplayName("calls people by their names, not by what they sign in with")
    void peopleByName() {
        String id = door.person("accountant", account.firm());
        transaction.executeWithoutResult(status -> events.add(
                new Happened(new TakeoverKey(key), NOW, id, new Happening.Withdrawn(Happening.Withdrawn.By.FIRM))));
        String name = identities.createUserQuery().userId(id).singleResult().getFirstName();

        String page = accountant.get("/cases/" + key).body();

        assertThat(page).contains("<small>" + name + " ", "– by the firm").doesNotContain("<small>" + id + "<");
    }

    @Test
    @DisplayName("says what to expect of the first bill beside the cost, as long as the payer has not changed")
    void firstBillToCome() {
        assertThat(accountant.get("/cases/" + key + "?lang=en").body())
                .containsSubsequence(
                        "First bill after the change",
                        "If the client agrees before March 20, 2026, the payer changes on that day.",
                        "The firm’s first consolidated bill with QuickBooks Time is to be expected on April 15, 2026",
                        "QuickBooks Time, 26 of 31 days",
                        "March 20, 2026 to April 14, 2026")
                .doesNotContain("Bills since the change");
        assertThat(accountant.get("/cases/" + key + "?lang=fr").body())
                .contains("La première facture groupée du cabinet avec QuickBooks Time est à prévoir le 15 avril 2026");
    }

    @Test
    @DisplayName(
            "S67 links the first bills after the change, or says when the firm's is to be expected or that none is known here")
    void firstBills() {
        switched();
        assertThat(accountant.get("/cases/" + key + "?lang=en").body())
                .contains(
                        "Bills since the change",
                        "The firm’s first bill with QuickBooks Time is to be expected on March 15, 2026.")
                .doesNotContain("First bill after the change</h3>");

        BillNumber made = new LedgerBillsForTests(product)
                .made(
                        Bill.Party.firm(account.firm().id()),
                        LocalDate.of(2026, 3, 15),
                        account.client().currency(),
                        List.of(new Bill.Line(
                                account.client().companyId(),
                                "PREMIUM",
                                charge(),
                                LocalDate.of(2026, 3, 1),
                                LocalDate.of(2026, 3, 15))));
        assertThat(accountant.get("/cases/" + key + "?lang=en").body())
                .contains("href=\"/bills/" + made, "Consolidated bill " + made + " of the firm, March 15, 2026")
                .doesNotContain("to be expected");

        accounts.save(account.firm().changingOn(PlatformName.BY_HAND));
        assertThat(accountant.get("/cases/" + key + "?lang=en").body())
                .contains("Not known here: QuickBooks tells no bills here.", "to be expected on March 15, 2026")
                .doesNotContain(made.text());
    }

    private Charge charge() {
        Money amount = Money.of("25.16", account.client().currency());
        return new Charge(
                Product.QUICKBOOKS_TIME,
                Payer.FIRM,
                PriceBasis.PROADVISOR_PREFERRED,
                8,
                amount,
                amount,
                amount,
                List.of(),
                amount);
    }

    @Test
    @DisplayName("says on which day the payer changed, once it has")
    void changedOn() {
        switched();

        assertThat(accountant.get("/cases/" + key).body())
                .contains("Payer changed on", "March 1, 2026")
                .doesNotContain("Payer changes on");
    }

    private void switched() {
        transaction.executeWithoutResult(status -> events.add(bySystem(new Happening.Switched(
                new BillingChange(
                        new TakeoverKey(key),
                        Way.FIRM_TAKES_TIME,
                        account.time().id(),
                        takeovers.takeover(new TakeoverKey(key)).state().quote().orElseThrow(),
                        Payer.CLIENT,
                        Payer.FIRM,
                        LocalDate.of(2026, 3, 1),
                        NOW),
                new BookingKey(key + "/FIRM_TAKES_TIME/2026-03-01/1")))));
    }

    @Test
    @DisplayName("has no heading for a message that is empty")
    void noEmptyMessage() {
        answered(phone("Luc Roy", "Director", " "));

        assertThat(accountant.get("/cases/" + key).body())
                .contains("Luc Roy, Director")
                .doesNotContain("Message to the accounting firm");
    }

    @Test
    @DisplayName("shows who answered, how and when, with the message to the firm, to those alone who may see the case")
    void showsTheAnswers() {
        answered(new Answer(
                false,
                "Mireille <i>Gagnon",
                "Owner",
                Channel.LINK,
                null,
                Language.FR,
                "192.0.2.7",
                "Call me & explain\n<script>alert(1)</script>",
                NOW));
        answered(phone("Luc Roy", "Director", null));

        assertThat(accountant.get("/cases/" + key).body())
                .contains(
                        "Mireille &lt;i&gt;Gagnon, Owner",
                        "by the link in the e-mail",
                        "Call me &amp; explain\n&lt;script&gt;alert(1)&lt;/script&gt;",
                        "Luc Roy, Director",
                        "by telephone, recorded by sam")
                .doesNotContain("192.0.2.7", "555-0100");
        Visitor other = door.signedIn("accountant", door.firm("L"));
        assertThat(other.get("/cases/" + key).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("says of an answer whose person was erased that it was erased")
    void showsAnErasedAnswer() {
        answered(phone("", "", null));

        assertThat(accountant.get("/cases/" + key).body())
                .contains("Client declined", "Name, role and any message have been erased.");
    }

    @Test
    @DisplayName("S109 says of each mail whether it waits, was sent, came back or could not be delivered")
    void showsWhatBecameOfMails() {
        for (String state : List.of(
                "state = 'WAITING'",
                "state = 'SENT', due_at = null, sent_at = '2026-03-02 15:00+00'",
                "state = 'BOUNCED', due_at = null, sent_at = '2026-03-02 15:00+00', bounced_at = '2026-03-03 15:00+00'",
                "state = 'REFUSED', due_at = null",
                "state = 'UNCERTAIN', due_at = null")) {
            transaction.executeWithoutResult(status -> {
                UUID id = mails.post(new Letter(
                        MailKind.DECLINED,
                        new TakeoverKey(key),
                        Payer.CLIENT,
                        "Mireille",
                        "m@example.com",
                        Language.EN,
                        false,
                        Map.of(),
                        null));
                // What a transaction has posted is there for its own statements once it was read.
                assertThat(mails.find(id)).isPresent();
                jdbc.sql("update mail set " + state + " where id = ?").param(id).update();
            });
        }

        assertThat(accountant.get("/cases/" + key).body())
                .contains(
                        "<td>waiting</td>",
                        "<td>March 2, 2026, 10:00",
                        ", came back March 3, 2026, 10:00",
                        "<td>could not be delivered</td>",
                        "<td>perhaps delivered</td>");
        assertThat(accountant.get("/cases/" + key + "?lang=fr").body()).contains("revenu le 3 mars 2026");
    }

    @Test
    @DisplayName("says why the platform rejected the change")
    void showsWhyTheChangeWasRejected() {
        transaction.executeWithoutResult(status -> {
            events.add(bySystem(new Happening.SwitchRejected(Rejection.FIRM_PAYMENT_METHOD)));
            events.add(bySystem(new Happening.CheckFailed("pastDue")));
        });

        assertThat(accountant.get("/cases/" + key).body())
                .contains("– The platform has no working payment method of the firm.", "– A subscription is past due.");
    }

    @Test
    @DisplayName("says on top what the case waits for, since when and who is next, and what commission was paid out")
    void waits() {
        String review = accountant.get("/cases/" + key).body();
        asking();
        String asked = accountant.get("/cases/" + key).body();
        String inFrench = accountant.get("/cases/" + key + "?lang=fr").body();
        transaction.executeWithoutResult(
                status -> jdbc.sql("""
                        insert into commission_payout (id, firm_id, takeover_key, amount, currency, paid_at)
                        values (gen_random_uuid(), ?, ?, 120, 'CAD', '2026-03-03 15:00+00')
                        """).params(account.firm().id().text(), key).update());

        assertThat(review)
                .containsSubsequence(
                        "</h1>",
                        "Since March 2, 2026, 10:00 a.m., the new cost waits for the review by "
                                + account.firm().name(),
                        "What happened")
                .doesNotContain("Commission balance paid out");
        assertThat(asked).contains(account.client().name() + " was asked on March 2, 2026");
        assertThat(inFrench)
                .contains("La question a été posée à " + account.client().name());
        assertThat(accountant.get("/cases/" + key + "?lang=en").body())
                .containsSubsequence("Commission balance paid out", "$120.00, March 3, 2026");
    }

    @Test
    @DisplayName("says since when an integration is stopped, as the list of clients does")
    void showsSinceWhenStopped() {
        assertThat(accountant.get("/cases/" + key).body()).contains("Separate bills stop the integration on");
        transaction.executeWithoutResult(status -> accounts.changeIntegration(
                account.client().id(), new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 3, 1))));

        assertThat(accountant.get("/cases/" + key).body())
                .contains("Separate bills have stopped the integration since", "March 1, 2026")
                .doesNotContain("Separate bills stop the integration on");
        assertThat(accountant.get("/clients").body()).contains("Stopped since March 1, 2026");
    }

    /** The case, as if the firm had agreed and the client had just been asked. */
    private void asking() {
        ConsentRequest request = question(ConsentRequest.Status.OPEN, null);
        transaction.executeWithoutResult(status -> {
            requests.add(request);
            jdbc.sql(
                            "update takeover set stage = 'ASKING', acknowledged_by = 'alice', acknowledged_at = opened_at where key = ?")
                    .param(key)
                    .update();
        });
    }

    private ConsentRequest question(ConsentRequest.Status status, @Nullable Answer answer) {
        return new ConsentRequest(
                UUID.randomUUID(),
                new TakeoverKey(key),
                Way.FIRM_TAKES_TIME,
                takeovers.takeover(new TakeoverKey(key)).state().quote().orElseThrow(),
                account.client().admin().name(),
                account.client().admin().email(),
                Language.FR,
                LocalDate.of(2026, 3, 15),
                status,
                NOW,
                answer);
    }

    private Happened bySystem(Happening what) {
        return new Happened(new TakeoverKey(key), NOW, Actors.SYSTEM, what);
    }

    private static Answer phone(String name, String role, @Nullable String message) {
        return new Answer(false, name, role, Channel.PHONE, "sam", Language.EN, "555-0100", message, NOW);
    }

    private void answered(Answer answer) {
        ConsentRequest request = question(ConsentRequest.Status.DECLINED, answer);
        transaction.executeWithoutResult(status -> {
            requests.add(request);
            requests.update(request);
        });
    }
}
