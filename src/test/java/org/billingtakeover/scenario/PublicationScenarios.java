package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.OpenTakeover.Refused;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the publication says: the two ways to one payer, and what happens when neither is taken. */
@ScenarioTest
class PublicationScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);
    private static final Currency CAD = Currency.getInstance("CAD");

    @Test
    @DisplayName("S1 a client with two payers is listed as split, its integration at risk, with the date")
    void splitClientIsAtRisk() {
        Account account = world.imports(firm, AccountLine.split());

        assertThat(account.arrangement()).isEqualTo(BillingArrangement.SPLIT);
        assertThat(account.client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(account.client().integration().stopDate()).isEqualTo(TODAY.plusDays(30));
    }

    @Test
    @DisplayName("S2 with both subscriptions on one payer no take-over can be opened, and the reason is shown")
    void onePayerIsNothingToTakeOver() {
        Account account = world.imports(firm, AccountLine.split().with("Time payer", "Firm"));

        assertThat(account.arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(world.refusals(account)).containsExactly("NOT_SPLIT");
    }

    @Test
    @DisplayName(
            "S3 a firm that does not pay QBO through wholesale billing cannot open a take-over, and the reason is shown")
    void firmWithoutWholesaleBilling() {
        Account account = world.imports(
                firm, AccountLine.split().with("QBO payer", "Client").with("Time payer", "Firm"));

        assertThat(world.refusals(account)).contains("ONLINE_NOT_WHOLESALE");
    }

    @Test
    @DisplayName("S3 nor can a firm without wholesale billing, whatever its list says")
    void listThatContradictsTheFirm() {
        Account account = world.imports(firm, AccountLine.split());
        world.wholesaleBilling(firm, false);

        assertThat(world.refusals(account)).containsExactly("ONLINE_NOT_WHOLESALE");
        world.wholesaleBilling(firm, true);
        world.opened(account);
    }

    @Test
    @DisplayName("S4 the opened task shows both options and the date on which separate bills stop the integration")
    void taskShowsBothOptionsAndTheStopDate() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        Map<String, Object> shown = world.shownBy(key, "UserTask_ReviewNewCost", "quote");

        assertThat(shown.toString()).contains("April 1, 2026");
        assertThat(world.formOf("review-new-cost.en")).contains("takeOver", "clientTakesOver", "leaveSeparate");
    }

    @Test
    @DisplayName("S5 Update now starts the review task, and who and when is recorded")
    void updateNowStartsTheReview() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        Task review = world.task(key, "UserTask_ReviewNewCost");
        assertThat(review.getTenantId()).isEqualTo(firm.id().text());
        Takeover takeover = world.takeovers.takeover(new TakeoverKey(key));
        assertThat(takeover.openedBy()).isEqualTo("alice");
        assertThat(takeover.openedAt()).isEqualTo(world.clock.instant());
    }

    @Test
    @DisplayName(
            "S6 the review shows base fee plus users times rate, list and preferred price, taxes, and the change for both")
    void reviewShowsTheNewCost() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        Quote quote = world.quote(key);
        var time = quote.after().stream()
                .filter(charge -> charge.product() == Product.QUICKBOOKS_TIME)
                .findFirst()
                .orElseThrow();
        assertThat(time.basis()).isEqualTo(PriceBasis.PROADVISOR_PREFERRED);
        assertThat(time.net()).isEqualTo(time.baseFee().plus(time.perUser().times(10)));
        assertThat(time.taxes()).isNotEmpty();
        assertThat(quote.movingAtListPrice().total().isMoreThan(time.total())).isTrue();
        assertThat(quote.difference(Payer.FIRM)).isEqualTo(time.total());
        assertThat(quote.after(Payer.CLIENT)).isEqualTo(Money.zero(CAD));

        String shown = world.shownBy(key, "UserTask_ReviewNewCost", "quote").toString();
        assertThat(shown).contains(quote.number().text(), world.inWords(time.total()), world.inWords(time.perUser()));
    }

    @Test
    @DisplayName("S7 completing with a stale or unseen quote is refused with the reason, and nothing is recorded")
    void staleOrUnseenQuoteIsRefused() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        assertThatThrownBy(() -> world.reviews(key, Map.of("decision", "takeOver", "acknowledged", true)))
                .hasMessageContaining("The new cost was not shown");
        assertThatThrownBy(() -> world.reviews(
                        key, Map.of("decision", "takeOver", "acknowledged", true, "quoteNumber", "Q-000000")))
                .hasMessageContaining("no longer the current one");

        assertThat(world.takeover(key).state()).isInstanceOf(State.UnderReview.class);
        assertThat(world.happened(key)).containsExactly("OPENED", "QUOTE_MADE");
        world.task(key, "UserTask_ReviewNewCost");
    }

    @Test
    @DisplayName("S7 a quote that is no longer valid makes room for a fresh one")
    void expiredQuoteIsMadeAnew() {
        String key = world.opened(world.imports(firm, AccountLine.split().stoppingOn(TODAY.plusDays(60))));
        Quote first = world.quote(key);

        world.timePassesTo(first.validUntil());

        assertThat(world.quote(key).number()).isNotEqualTo(first.number());
        world.task(key, "UserTask_ReviewNewCost");
    }

    @Test
    @DisplayName("S8 completing without the acknowledgement is refused by the engine")
    void missingAcknowledgementIsRefused() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        assertThatThrownBy(() -> world.reviews(
                        key,
                        Map.of(
                                "decision",
                                "takeOver",
                                "quoteNumber",
                                world.quote(key).number().text())))
                .hasMessageContaining("Tick that you understand");

        assertThat(world.happened(key)).doesNotContain("FIRM_TAKES_OVER", "CLIENT_ASKED");
    }

    @Test
    @DisplayName("S8 a value that the task may not set is refused, and nothing changes")
    void foreignVariableIsRefused() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        assertThatThrownBy(() -> world.reviews(
                        key,
                        Map.of(
                                "decision",
                                "leaveSeparate",
                                "quoteNumber",
                                world.quote(key).number().text(),
                                "outcome",
                                "switched")))
                .hasMessageContaining("outcome");

        world.task(key, "UserTask_ReviewNewCost");
    }

    @Test
    @DisplayName("S9 once the accountant has acknowledged, the client is notified once, in the client's language")
    void clientIsNotifiedOnce() {
        AccountLine line = AccountLine.split().with("Language", "French").billedOn(24);
        String key = world.opened(world.imports(firm, line));

        world.firmTakesOver(key);
        world.runDue();

        assertThat(world.subjectsTo(line.email())).hasSize(1);
        // Two weeks to answer, whatever the billing date.
        assertThat(world.textsTo(line.email()).get(0))
                .contains("propose de payer votre abonnement QuickBooks Time", "15 mars 2026");
    }

    @Test
    @DisplayName("S10 a confirmed change is scheduled, and the payer unchanged until then")
    void confirmedIsScheduled() {
        String key = world.opened(world.imports(firm, AccountLine.split()));
        world.firmTakesOver(key);

        world.clientAnswers(key, true);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(world.takeover(key).billingDate()).isEqualTo(BILLING_DATE);
        world.timePassesTo(BILLING_DATE.minusDays(1));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName(
            "S11 at the next billing date the firm pays Time at the preferred price, and the integration is active")
    void firmPaysAll() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));

        world.timePassesTo(BILLING_DATE);

        Account account = world.account(key);
        assertThat(account.arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(account.time().priceBasis()).isEqualTo(PriceBasis.PROADVISOR_PREFERRED);
        assertThat(account.client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(account.client().integration().stopDate()).isNull();
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.endedAt(key)).isEqualTo("EndEvent_OnePayer");
        assertThat(world.mailKindsOf(key)).contains("SWITCHED to FIRM", "SWITCHED to CLIENT");
    }

    @Test
    @DisplayName("S12 a commission balance of 120.00 is paid at the switch although the threshold is 250")
    void balanceBelowThresholdIsPaid() {
        Account account = world.imports(firm, AccountLine.split());
        world.earned(account, "120.00");
        String key = world.confirmed(account);

        world.timePassesTo(BILLING_DATE);

        assertThat(world.balance(firm)).hasValue(Money.zero(CAD));
        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
        assertThat(world.mailKindsOf(key)).contains("COMMISSION_PAID to FIRM");
    }

    @Test
    @DisplayName("S13 with a balance of nothing no payout is created")
    void noBalanceNoPayout() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payouts(firm)).isEmpty();
        assertThat(world.mailKindsOf(key)).doesNotContain("COMMISSION_PAID to FIRM");
    }

    @Test
    @DisplayName("S14 when the client declines, the payer is unchanged and option 2 is offered")
    void declineOffersOptionTwo() {
        AccountLine line = AccountLine.split();
        String key = world.opened(world.imports(firm, line));
        world.firmTakesOver(key);

        world.clientAnswers(key, false);

        assertThat(world.account(key).arrangement()).isEqualTo(BillingArrangement.SPLIT);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        assertThat(world.mailKindsOf(key))
                .contains("DECLINED to FIRM", "DECLINED to CLIENT", "OPTION_TWO_OFFERED to CLIENT");
    }

    @Test
    @DisplayName("S15 a firm that decides against taking over leads to option 2")
    void separateBillsOfferOptionTwo() {
        String key = world.askedOnline(world.imports(firm, AccountLine.split()));

        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.mailKindsOf(key)).contains("OPTION_TWO_OFFERED to CLIENT");
    }

    @Test
    @DisplayName(
            "S15 a client whose firm leaves the bills separate is told so by the mail that offers option 2, and no other")
    void separateBillsAreTold() {
        Account left = world.imports(firm, AccountLine.split());
        String key = world.askedOnline(left);
        Account preferred = world.imports(firm, AccountLine.split());
        String other = world.opened(preferred);
        world.reviews(
                other,
                Map.of(
                        "decision",
                        "clientTakesOver",
                        "quoteNumber",
                        world.takeover(other).quoteNumber()));
        world.runDue();

        assertThat(world.mailKindsOf(key)).containsExactly("OPTION_TWO_OFFERED to CLIENT");
        assertThat(world.textsTo(left.client().admin().email()))
                .singleElement()
                .asString()
                .contains("has decided to leave the bills of the two subscriptions separate");
        assertThat(world.textsTo(preferred.client().admin().email()))
                .singleElement()
                .asString()
                .doesNotContain("has decided to leave");
    }

    @Test
    @DisplayName("S15 a firm that lets the review deadline pass leads to option 2")
    void lapsedReviewOffersOptionTwo() {
        String key = world.opened(world.imports(firm, AccountLine.split().stoppingOn(TODAY.plusDays(90))));

        world.timePassesTo(TODAY.plusDays(31));

        assertThat(world.happened(key)).contains("REVIEW_LAPSED");
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.mailKindsOf(key)).contains("OPTION_TWO_OFFERED to CLIENT");
    }

    @Test
    @DisplayName(
            "S16 option 2 accepted: from QBO's next billing date the client pays both, without the wholesale discount")
    void clientPaysAll() {
        String key = world.confirmedOnline(world.imports(firm, AccountLine.split()));
        world.timePassesTo(BILLING_DATE);

        Account account = world.account(key);
        assertThat(account.arrangement()).isEqualTo(BillingArrangement.CLIENT_PAYS_ALL);
        assertThat(account.online().priceBasis()).isEqualTo(PriceBasis.LIST);
        assertThat(account.client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_ONLINE, BILLING_DATE)).isEqualTo(Payer.CLIENT);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        assertThat(world.endedAt(key)).isEqualTo("EndEvent_OnePayer");
    }

    @Test
    @DisplayName("S17 option 2 declined: on the stop date the integration stops and both parties are told")
    void optionTwoDeclinedStops() {
        String key = world.askedOnline(world.imports(firm, AccountLine.split()));
        world.clientAnswers(key, false);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);

        world.timePassesTo(TODAY.plusDays(30));

        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.mailKindsOf(key)).contains("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName(
            "S17 option 2 unanswered: after the deadline and the stop date the integration stops and both parties are told")
    void optionTwoUnansweredStops() {
        String key = world.askedOnline(world.imports(firm, AccountLine.split()));

        world.timePassesTo(TODAY.plusDays(30));

        assertThat(world.happened(key)).contains("CLIENT_DID_NOT_ANSWER", "INTEGRATION_STOPPED");
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.mailKindsOf(key)).contains("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName("S18 a declined or expired case does not pay the commission balance early")
    void noEarlyPayoutWithoutTakeover() {
        Account account = world.imports(firm, AccountLine.split());
        world.earned(account, "120.00");
        String key = world.opened(account);
        world.firmTakesOver(key);
        world.clientAnswers(key, false);

        world.timePassesTo(TODAY.plusDays(40));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.payouts(firm)).isEmpty();
        assertThat(world.balance(firm)).hasValue(Money.of("120.00", CAD));
    }

    @Test
    @DisplayName("S25 a second case for the same client is refused, with the open case's key")
    void secondCaseIsRefused() {
        Account account = world.imports(firm, AccountLine.split());
        String key = world.opened(account);

        Refused refused = (Refused) world.open.open(account.client().id(), "bob");

        assertThat(refused.openKey()).hasToString(key);
        assertThat(refused.reasons()).extracting("reason").containsExactly("TAKEOVER_OPEN");
    }
}
