package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can come between a client's yes and the switch, and what the switch does when it is due. */
@ScenarioTest
class BillingDateScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);
    private static final Currency CAD = Currency.getInstance("CAD");

    @Autowired
    PlatformDesk platform;

    @Autowired
    Withdraw withdraw;

    @Test
    @DisplayName(
            "S31 a switch that the platform rejects is retried, then billing operations retries it by hand, for the next billing date")
    void rejectedThenRetried() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);

        world.timePassesTo(BILLING_DATE);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCH_REJECTED");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        world.timePassesTo(BILLING_DATE.plusDays(10));

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(world.happened(key).stream().filter("SWITCH_REJECTED"::equals))
                .hasSizeGreaterThan(1);
        assertThat(world.mailKindsOf(key)).contains("PROBLEM to FIRM").doesNotContain("PROBLEM to CLIENT");
        assertThat(world.textsTo(firm.email()))
                .last()
                .asString()
                .contains(
                        "The platform has no working payment method of the firm.",
                        "Only your firm can mend this: update the firm’s payment method")
                .doesNotContain("nothing you need to do");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);

        world.card(firm, true);
        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        world.runDue();
        LocalDate next = BILLING_DATE.plusMonths(1);
        assertThat(world.takeover(key).billingDate()).isEqualTo(next);
        world.timePassesTo(next);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, next.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, next)).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S31 billing operations cancels a rejected switch: the client stays payer and option 2 is offered")
    void rejectedThenCancelled() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE.plusDays(10));

        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "cancel"));
        world.runDue();

        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.mailKindsOf(key)).containsOnlyOnce("WITHDRAWN to FIRM", "WITHDRAWN to CLIENT");
        assertThat(world.textsTo(firm.email()))
                .anySatisfy(text -> assertThat(text)
                        .contains(
                                "billing operations has cancelled it",
                                "The platform has no working payment method of the firm."));
    }

    @Test
    @DisplayName("S31 a client is told, once, that the agreed date has passed while billing operations look into it")
    void datePassesWhileWithOperations() {
        world.watchesDaily();
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        platform.refuse(firm.id(), Rejection.OTHER_CURRENCY_THERE);
        world.timePassesTo(BILLING_DATE.minusDays(1));
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(world.mailKindsOf(key)).doesNotContain("NOT_CHANGED to CLIENT");

        world.timePassesTo(BILLING_DATE.plusDays(3));

        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("NOT_CHANGED to CLIENT")
                .doesNotContain("NOT_CHANGED to FIRM");
        platform.refuseNoMore(firm.id());
    }

    @Test
    @DisplayName("S31 a change that waits with billing operations can still be withdrawn")
    void withdrawnWhileWithOperations() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE.plusDays(10));

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.mailKindsOf(key)).contains("WITHDRAWN to CLIENT");
        world.card(firm, true);
        world.timePassesTo(BILLING_DATE.plusMonths(2));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S32 users added after consent raise the cost: back to review, and both approve again")
    void costRisesWhileScheduled() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        QuoteNumber agreed = world.quote(key).number();

        world.imports(firm, line.with("Time users", "25"));
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
        assertThat(world.takeover(key).state()).isInstanceOf(State.UnderReview.class);
        assertThat(world.quote(key).number()).isNotEqualTo(agreed);
        world.firmTakesOver(key);
        world.clientAnswers(key, true);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S32 users added while the client is asked: the question is dead, and the firm reviews the new cost")
    void costRisesWhileAsked() {
        AccountLine line = AccountLine.split();
        String key = world.asked(world.imports(firm, line));

        world.imports(firm, line.with("Time users", "25"));
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
        assertThat(world.questions(key)).noneMatch(each -> each.status() == ConsentRequest.Status.OPEN);
        world.task(key, "UserTask_ReviewNewCost");
    }

    @Test
    @DisplayName("S32 a cost that changes during the review is reviewed anew")
    void costChangesInReview() {
        AccountLine line = AccountLine.split();
        String key = world.opened(world.imports(firm, line));
        QuoteNumber first = world.quote(key).number();

        world.imports(firm, line.with("Time users", "9"));

        assertThat(world.quote(key).number()).isNotEqualTo(first);
        world.task(key, "UserTask_ReviewNewCost");
    }

    @Test
    @DisplayName("S32 a new price list that costs more on the billing date sends the case back to review")
    void priceListRises() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        try (World.Deployment dearer = world.dearerPriceList()) {
            world.timePassesTo(BILLING_DATE);

            assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
            assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
            assertThat(world.happened(key)).contains("COST_CHANGED").doesNotContain("SWITCHED");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("S32 a cost that has risen when the client confirms by phone: nothing is recorded, back to review")
    void costHasRisenAtThePhone() {
        String key = world.asked(world.imports(firm, AccountLine.split()));

        try (World.Deployment dearer = world.dearerPriceList()) {
            assertThatThrownBy(
                            () -> world.completes("simon", key, "UserTask_RecordClientAnswer", world.yesByPhone(key)))
                    .hasMessageContaining("The cost has risen");
            world.runDue();

            assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
            assertThat(world.happened(key)).contains("COST_CHANGED").doesNotContain("CLIENT_CONFIRMED");
            assertThat(world.mailKindsOf(key)).contains("COST_CHANGED to FIRM", "COST_CHANGED to CLIENT");
        }
    }

    @Test
    @DisplayName("an answer by phone names a person and a role that can be read")
    void nobodyAtThePhone() {
        String key = world.asked(world.imports(firm, AccountLine.split()));

        for (String field : List.of("answererName", "answererRole")) {
            Map<String, Object> answer = new HashMap<>(world.yesByPhone(key));
            answer.put(field, "\u200b");
            assertThatThrownBy(() -> world.completes("simon", key, "UserTask_RecordClientAnswer", answer))
                    .as(field)
                    .hasMessageContaining("give the person’s name, their role");
        }
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
    }

    @Test
    @DisplayName("S32 option 2: users and plan of QBO raise the client's cost, and the client is asked anew")
    void onlineCostRises() {
        AccountLine line = AccountLine.split();
        String key = world.askedOnline(world.imports(firm, line));
        QuoteNumber first = world.quote(key).number();

        world.imports(firm, line.with("QBO plan", "Advanced"));
        world.runDue();
        assertThat(world.quote(key).number()).isNotEqualTo(first);
        world.clientAnswers(key, true);
        world.imports(firm, line.with("Time users", "30"));
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
    }

    @Test
    @DisplayName("S33 a cost that falls before the switch: switched at the lower cost")
    void costFalls() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        Quote agreed = world.quote(key);

        world.imports(firm, line.with("Time users", "4"));
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        Quote switched = world.quote(key);
        assertThat(agreed.after(Payer.FIRM).isMoreThan(switched.after(Payer.FIRM)))
                .isTrue();
        assertThat(world.changes.of(new TakeoverKey(key)).orElseThrow().quote()).isEqualTo(switched.number());
    }

    @Test
    @DisplayName("S34 when the billing date moves, the timer moves with it and the parties are told")
    void billingDateMoves() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));

        world.imports(firm, line.billedOn(25));
        world.runDue();

        LocalDate moved = LocalDate.of(2026, 3, 25);
        assertThat(world.takeover(key).billingDate()).isEqualTo(moved);
        assertThat(world.mailKindsOf(key)).contains("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT");
        world.timePassesTo(BILLING_DATE);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        world.timePassesTo(moved);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, moved.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, moved)).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S35 billing day 31 in February: switched on the last day of the month")
    void billingDay31() {
        world.todayIs(LocalDate.of(2026, 2, 3));
        String key = world.confirmed(world.imports(firm, AccountLine.split().billedOn(31)));

        assertThat(world.takeover(key).billingDate()).isEqualTo(LocalDate.of(2026, 2, 28));
        world.timePassesTo(LocalDate.of(2026, 2, 28));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "S36 a client in Vancouver switches as of its own midnight, also in the night in which the clocks change")
    void clientsLocalDateRules() {
        String key = world.confirmed(world.imports(
                firm, AccountLine.split().billedOn(8).with("Province", "BC").with("Time zone", "America/Vancouver")));
        LocalDate clocksChange = LocalDate.of(2026, 3, 8);
        assertThat(world.takeover(key).billingDate()).isEqualTo(clocksChange);
        Instant midnight =
                clocksChange.atStartOfDay(ZoneId.of("America/Vancouver")).toInstant();
        assertThat(midnight).isEqualTo(Instant.parse("2026-03-08T08:00:00Z"));

        world.timePassesTo(midnight.minusSeconds(1));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        // The bills of the date are made two hours into it.
        world.timePassesTo(midnight.plus(2, ChronoUnit.HOURS).minusSeconds(1));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        world.timePassesTo(midnight.plus(3, ChronoUnit.HOURS));

        assertThat(world.account(key).time().payer()).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, clocksChange)).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S37 confirmed on the billing date itself: the next cycle")
    void confirmedOnTheBillingDate() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        world.timePassesTo(BILLING_DATE);

        world.clientAnswers(key, true);

        assertThat(world.takeover(key).billingDate()).isEqualTo(LocalDate.of(2026, 4, 15));
    }

    @Test
    @DisplayName("S29 past due on the billing date: billing operations gets the case with the reason, and can cancel")
    void pastDueOnTheBillingDate() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.imports(firm, line.with("Time status", "Past due"));

        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(world.happened(key)).contains("CHECK_FAILED").doesNotContain("SWITCHED");
        assertThat(world.shownBy(key, "UserTask_ResolveProblem", "problem").toString())
                .contains("past due");
        world.imports(firm, line.with("Time status", "Active"));
        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        world.runDue();
        assertThat(world.takeover(key).billingDate())
                .as("the bills of the day are made")
                .isEqualTo(BILLING_DATE.plusMonths(1));
        world.timePassesTo(BILLING_DATE.plusMonths(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S29 a subscription that was cancelled with the platform only is noticed on the billing date")
    void cancelledWithoutBeingTold() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.statusBehindOurBack(key, Product.QUICKBOOKS_TIME, "CANCELLED");

        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.NOTHING_TO_TAKE_OVER);
        assertThat(world.mailKindsOf(key)).contains("NOTHING_TO_TAKE_OVER to CLIENT");
    }

    @Test
    @DisplayName("S29 option 2: QBO cancelled while scheduled is noticed on the billing date")
    void onlineCancelledWithoutBeingTold() {
        String key = world.confirmedOnline(world.imports(firm, AccountLine.split()));
        world.statusBehindOurBack(key, Product.QUICKBOOKS_TIME, "CANCELLED");

        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.NOTHING_TO_TAKE_OVER);
        assertThat(world.endedAt(key)).isEqualTo("EndEvent_NothingToTakeOver");
    }

    @Test
    @DisplayName("S28 option 2: a client who withdraws the scheduled change leaves bills separate")
    void optionTwoWithdrawn() {
        String key = world.confirmedOnline(world.imports(firm, AccountLine.split()));

        withdraw.byClient(new TakeoverKey(key));
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
    }

    @Test
    @DisplayName("S41 server down over the billing date: switched once after the restart, effective as promised")
    void serverWasDown() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        world.serverIsDownUntil(
                BILLING_DATE.plusDays(3).atTime(9, 0).atZone(World.TORONTO).toInstant());
        world.runDue();

        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
        assertThat(world.changes.of(new TakeoverKey(key)).orElseThrow().billingDate())
                .isEqualTo(BILLING_DATE);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S42 the platform answers after the time-out: one switch, one payout")
    void platformAnswersTooLate() {
        world.jobsMayFail();
        Account account = world.imports(firm, AccountLine.split());
        world.earned(account, "120.00");
        String key = world.confirmed(account);

        world.platform.losesAnswers(1);
        world.timePassesTo(BILLING_DATE.atStartOfDay(World.TORONTO).plusHours(2).toInstant());
        assertThat(world.happened(key)).doesNotContain("SWITCHED");
        world.timePassesTo(BILLING_DATE.plusDays(1));

        assertThat(world.platform.ordersFor(account.client().companyId())).hasSize(1);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
    }

    @Test
    @DisplayName("S43 three cases of one firm switch together: the balance is paid once")
    void threeCasesOneBalance() {
        Account first = world.imports(firm, AccountLine.split());
        world.earned(first, "120.00");
        List<String> keys = List.of(
                world.confirmed(first),
                world.confirmed(world.imports(firm, AccountLine.split())),
                world.confirmed(world.imports(firm, AccountLine.split())));

        world.timePassesTo(BILLING_DATE);

        assertThat(keys)
                .allSatisfy(key -> assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL));
        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
    }

    @Test
    @DisplayName(
            "S43 twelve cases that the threads of the job executor carry out together: each switches once, the balance is paid once")
    void manyThreads() {
        Account first = world.imports(firm, AccountLine.split());
        world.earned(first, "120.00");
        List<String> keys = new ArrayList<>(List.of(world.confirmed(first)));
        while (keys.size() < 12) {
            keys.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        world.serverIsDownUntil(BILLING_DATE.atTime(12, 0).atZone(World.TORONTO).toInstant());

        world.jobExecutorRunsWhatIsDue();

        assertThat(keys).allSatisfy(key -> {
            assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
            assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
            assertThat(world.mailKindsOf(key)).containsOnlyOnce("SWITCHED to FIRM", "SWITCHED to CLIENT");
        });
        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
    }

    @Test
    @DisplayName(
            "changes that fall due together are recorded together, and the first pays for all; one that fails keeps no other from being recorded")
    void recordedTogether() {
        List<String> keys = new ArrayList<>();
        while (keys.size() < 12) {
            keys.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        String failing = keys.remove(5);
        world.serverIsDownUntil(BILLING_DATE.atTime(12, 0).atZone(World.TORONTO).toInstant());

        world.nobodyCanRecord(failing);
        try {
            world.jobExecutorRunsWhatIsDue();
        } finally {
            world.everybodyCanRecord();
        }

        assertThat(keys).allSatisfy(this::switchedOnce);
        assertThat(world.happened(failing)).doesNotContain("SWITCHED");
        assertThat(world.retriesLeft(failing)).as("tried by itself, once").isEqualTo(4);

        world.timePassesTo(BILLING_DATE.atTime(13, 0).atZone(World.TORONTO).toInstant());
        switchedOnce(failing);

        Account owed = world.imports(firm, AccountLine.split());
        world.earned(owed, "120.00");
        List<String> more = new ArrayList<>(List.of(world.confirmed(owed)));
        while (more.size() < 12) {
            more.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        world.serverIsDownUntil(
                BILLING_DATE.plusMonths(1).atTime(12, 0).atZone(World.TORONTO).toInstant());
        world.jobExecutorRunsWhatIsDue();

        assertThat(more).allSatisfy(this::switchedOnce);
        int transactions = world.transactionsOfSwitches(more);
        assertThat(transactions).as("of 12 changes").isLessThan(12);
        assertThat(world.payouts(firm)).containsExactly(Money.of("120.00", CAD));
        assertThat(world.stepsToPay(more)).as("the first of each transaction").isBetween(1L, (long) transactions);
    }

    private void switchedOnce(String key) {
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
        assertThat(world.mailKindsOf(key)).containsOnlyOnce("SWITCHED to FIRM", "SWITCHED to CLIENT");
    }

    @Test
    @DisplayName(
            "a change that is still as agreed as its billing date begins costs the engine nothing until its bills are made")
    void asAgreedWaits() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.serverIsDownUntil(BILLING_DATE.atStartOfDay(World.TORONTO).toInstant());
        world.runDue();
        assertThat(world.waitsAt(key)).isEqualTo("IntermediateCatchEvent_BillingDate");

        world.serverIsDownUntil(BILLING_DATE.atTime(2, 5).atZone(World.TORONTO).toInstant());
        world.runDue();
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
    }

    @Test
    @DisplayName("a case that cannot be read as its billing date begins keeps no other from being looked at")
    void lookedAtBesideOneThatCannotBeRead() {
        world.jobsMayFail();
        Account unreadable = world.imports(firm, AccountLine.split());
        world.confirmed(unreadable);
        AccountLine line = AccountLine.split();
        Account pastDue = world.imports(firm, line);
        String key = world.confirmed(pastDue);
        world.transaction.executeWithoutResult(status -> {
            world.jdbc
                    .sql("update subscription set status = 'PAST_DUE' where client_id = ?")
                    .param(pastDue.client().id())
                    .update();
            world.jdbc
                    .sql("update client set currency = 'NIL' where id = ?")
                    .param(unreadable.client().id())
                    .update();
        });

        world.serverIsDownUntil(BILLING_DATE.atStartOfDay(World.TORONTO).toInstant());
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        world.transaction.executeWithoutResult(status -> world.jdbc
                .sql("update client set currency = 'CAD' where id = ?")
                .param(unreadable.client().id())
                .update());
    }

    @Test
    @DisplayName("S46 a payer in another province pays the taxes of that province")
    void payerChangesProvince() {
        AccountLine line = AccountLine.split().with("Province", "QC");
        String key = world.opened(world.imports(firm, line));

        assertThat(taxes(world.quote(key).before(), Product.QUICKBOOKS_TIME))
                .as("the client in Québec")
                .containsExactlyInAnyOrder("GST/TPS", "QST/TVQ");
        assertThat(taxes(world.quote(key).after(), Product.QUICKBOOKS_TIME))
                .as("the firm in Ontario")
                .containsExactly("HST/TVH");
    }

    @Test
    @DisplayName("S17 a client for whom nobody opens a case: on the stop date the integration stops and both are told")
    void nobodyEverAsked() {
        world.watchesDaily();
        Account account = world.imports(firm, AccountLine.split());

        world.timePassesTo(TODAY.plusDays(31));

        assertThat(world.integration(account).status()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(world.mailKindsOf("STOP-" + account.client().id()))
                .containsExactly(
                        "INVITED to FIRM",
                        "STOP_COMES to FIRM",
                        "STOP_COMES to CLIENT",
                        "INTEGRATION_STOPPED to FIRM",
                        "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName("S17 a stopped integration runs again when a later take-over leaves one payer")
    void stoppedIntegrationRestarts() {
        Account account = world.imports(firm, AccountLine.split());
        world.timePassesTo(TODAY.plusDays(31));

        String key = world.confirmed(world.accounts.account(account.client().id()));
        world.timePassesTo(LocalDate.of(2026, 4, 15));

        assertThat(world.account(key).arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
    }

    private static List<String> taxes(List<Charge> charges, Product product) {
        return charges.stream()
                .filter(charge -> charge.product() == product)
                .flatMap(charge -> charge.taxes().stream())
                .map(Charge.Tax::name)
                .toList();
    }
}
