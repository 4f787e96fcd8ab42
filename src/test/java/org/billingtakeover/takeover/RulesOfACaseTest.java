package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.account.SampleAccounts.like;
import static org.billingtakeover.takeover.House.asked;
import static org.billingtakeover.takeover.House.askedToSwitch;
import static org.billingtakeover.takeover.House.billsMade;
import static org.billingtakeover.takeover.House.checked;
import static org.billingtakeover.takeover.House.clientsWayOffered;
import static org.billingtakeover.takeover.House.closed;
import static org.billingtakeover.takeover.House.closedSinceNothingIsLeft;
import static org.billingtakeover.takeover.House.confirmed;
import static org.billingtakeover.takeover.House.confirmedByPhone;
import static org.billingtakeover.takeover.House.dayIs;
import static org.billingtakeover.takeover.House.daysToAnswer;
import static org.billingtakeover.takeover.House.declined;
import static org.billingtakeover.takeover.House.integrationSet;
import static org.billingtakeover.takeover.House.justBefore;
import static org.billingtakeover.takeover.House.leftSeparate;
import static org.billingtakeover.takeover.House.listed;
import static org.billingtakeover.takeover.House.mailServer;
import static org.billingtakeover.takeover.House.offeredInstead;
import static org.billingtakeover.takeover.House.offeredToClient;
import static org.billingtakeover.takeover.House.opened;
import static org.billingtakeover.takeover.House.paidOut;
import static org.billingtakeover.takeover.House.platformForesees;
import static org.billingtakeover.takeover.House.platformForeseesRefusal;
import static org.billingtakeover.takeover.House.platformRejects;
import static org.billingtakeover.takeover.House.platformSays;
import static org.billingtakeover.takeover.House.quoted;
import static org.billingtakeover.takeover.House.reconsidered;
import static org.billingtakeover.takeover.House.refusedByTheTable;
import static org.billingtakeover.takeover.House.reminded;
import static org.billingtakeover.takeover.House.resolved;
import static org.billingtakeover.takeover.House.reviewLapsed;
import static org.billingtakeover.takeover.House.scheduled;
import static org.billingtakeover.takeover.House.stopOrdered;
import static org.billingtakeover.takeover.House.stopPlanned;
import static org.billingtakeover.takeover.House.stopped;
import static org.billingtakeover.takeover.House.switched;
import static org.billingtakeover.takeover.House.takenOverByFirm;
import static org.billingtakeover.takeover.House.toldOfStop;
import static org.billingtakeover.takeover.House.unanswered;
import static org.billingtakeover.takeover.House.unnoticed;
import static org.billingtakeover.takeover.House.upgraded;
import static org.billingtakeover.takeover.House.withdrawnByClient;
import static org.billingtakeover.takeover.House.withdrawnByFirm;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.takeover.InMemory.Clients;
import org.billingtakeover.takeover.ResolveProblem.Resolution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a case: given what happened, when something is asked, then this happens, or it is refused and the case is as it was. */
@DisplayName("A case")
class RulesOfACaseTest {

    private static final LocalDate TIME_IS_BILLED = LocalDate.of(2026, 3, 20);
    private static final LocalDate ONLINE_IS_BILLED = LocalDate.of(2026, 3, 12);
    private static final LocalDate STOP_DATE = LocalDate.of(2026, 6, 30);

    private static final List<Consumer<House>> REVIEWED = List.of(opened(), quoted());
    private static final List<Consumer<House>> ASKED = with(REVIEWED, takenOverByFirm(), asked());
    private static final List<Consumer<House>> AGREED = with(ASKED, confirmed());
    private static final List<Consumer<House>> SCHEDULED = with(AGREED, scheduled());
    private static final List<Consumer<House>> DUE = with(SCHEDULED, dayIs(TIME_IS_BILLED));
    private static final List<Consumer<House>> SWITCHED = with(DUE, checked(), switched());
    private static final List<Consumer<House>> OFFERED = with(REVIEWED, leftSeparate(), offeredToClient());
    private static final List<Consumer<House>> ASKED_ONLINE = with(OFFERED, asked());
    private static final List<Consumer<House>> SCHEDULED_ONLINE = with(ASKED_ONLINE, confirmed(), scheduled());
    private static final List<Consumer<House>> STOPPING = with(ASKED_ONLINE, declined(), stopPlanned());
    private static final List<Consumer<House>> IN_TROUBLE = with(
            SCHEDULED,
            unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE)),
            dayIs(TIME_IS_BILLED),
            checked());

    @Test
    @DisplayName("under review: begins with a quote at the prices of the billing date, not of today")
    void quotedForTheBillingDate() {
        House house = new House();
        house.fromApril = "12.00";
        house.now = House.noonOf(LocalDate.of(2026, 3, 25));
        REVIEWED.forEach(each -> each.accept(house));

        assertThat(house.file().quote().orElseThrow().priceListVersion()).isEqualTo("April");
    }

    @Test
    @DisplayName("under review: never begins where the table is against it")
    void notEligible() {
        given(opened()).when(refusedByTheTable()).then("REFUSED", "CLOSED");
        given(REVIEWED).when(refusedByTheTable()).then();
    }

    @Test
    @DisplayName("S79 begins with the client's own way where the firm offers that, whatever stands against the firm's")
    void clientsWayFirst() {
        Story story =
                given(unnoticed(clients -> clients.firm(House.without(clients.account.firm(), "payment method"))));
        story.when(clientsWayOffered()).then("OPENED", "FIRM_OFFERS_CLIENTS_WAY");
        assertThat(story.house.flow).containsExactly("putBack");
        story.when(offeredToClient()).then("QUOTE_MADE");
        story.when(asked()).then("CLIENT_ASKED");
        assertThat(story.house.state().way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        story.when(confirmed()).then("CLIENT_CONFIRMED");
        story.when(scheduled()).then("CHANGE_SCHEDULED");

        given(clientsWayOffered(), offeredToClient(), asked(), declined())
                .when(stopPlanned())
                .then("STOP_PLANNED");
        given(clientsWayOffered(), offeredToClient(), asked())
                .when(reconsidered())
                .then("QUESTION_ENDED", "RECONSIDERED");
        given(clientsWayOffered(), offeredToClient(), asked())
                .when(withdrawnByFirm())
                .then("QUESTION_ENDED", "WITHDRAWN", "CLOSED");
        given(opened()).when(clientsWayOffered()).then();
    }

    @Test
    @DisplayName("S79 a case that the client's own table is against never begins, and keeps the reasons of that table")
    void clientsWayNotEligible() {
        Story story = given(unnoticed(payroll()));
        story.when(clientsWayOffered()).then("OPENED", "FIRM_OFFERS_CLIENTS_WAY", "REFUSED", "CLOSED");

        assertThat(story.house.flow).isEmpty();
        assertThat(story.house.state()).isInstanceOfSatisfying(State.Closed.class, closed -> {
            assertThat(closed.way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
            assertThat(closed.outcome()).isEqualTo(Outcome.NOT_ELIGIBLE);
            assertThat(closed.reasons()).extracting(Ineligibility::reason).containsExactly("IN_PAYROLL_PLAN");
        });
    }

    @Test
    @DisplayName("S79 is not opened for a client who cannot be asked")
    void clientsWayHeld() {
        House house = new House();
        house.staff.add(house.account().client().admin().email());

        assertThatThrownBy(() -> clientsWayOffered().accept(house))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("firmAsked"));
        assertThat(house.codes()).isEmpty();
    }

    @Test
    @DisplayName("under review: takes a decision on the quote that counts, and none on one that has expired")
    void decisions() {
        given(REVIEWED).when(takenOverByFirm()).then("FIRM_TAKES_OVER");
        given(REVIEWED).when(leftSeparate()).then("FIRM_LEAVES_BILLS_SEPARATE");
        given(REVIEWED, dayIs(House.TODAY.plusDays(14))).when(takenOverByFirm()).refused("quoteStale");
        given(ASKED).when(takenOverByFirm()).refused("notPossibleNow");
    }

    @Test
    @DisplayName("under review: lapses on its date and not before")
    void lapses() {
        given(REVIEWED, justBefore(House.TODAY.plusDays(30)))
                .when(reviewLapsed())
                .refused("notYet");
        given(REVIEWED, dayIs(House.TODAY.plusDays(30))).when(reviewLapsed()).then("REVIEW_LAPSED");
        given(ASKED, dayIs(House.TODAY.plusDays(30))).when(reviewLapsed()).refused("notHere");
    }

    @Test
    @DisplayName("under review: is quoted anew when the cost differs, and keeps its deadline")
    void costDiffers() {
        Story story = given(REVIEWED);
        story.when(listed(users(20))).then("COST_CHANGED");
        assertThat(story.house.flow).endsWith("costChanged");
        story.when(quoted()).then("QUOTE_MADE");
        assertThat(story.house.state().due()).contains(instantOf(House.TODAY.plusDays(30)));
    }

    @Test
    @DisplayName(
            "under review: ends as withdrawn when the firm withdraws, without a word to a client that was not asked")
    void withdrawnUnderReview() {
        Story story = given(REVIEWED);
        story.when(withdrawnByFirm()).then("WITHDRAWN", "CLOSED");
        assertThat(story.house.flow).endsWith("takeoverWithdrawn");
        given(REVIEWED).when(withdrawnByClient()).refused("tooLateToWithdraw");
    }

    @Test
    @DisplayName("whose client is asked: asks only what the firm acknowledged, and only once")
    void asks() {
        given(REVIEWED).when(asked()).refused("nothingToAsk");
        given(REVIEWED, takenOverByFirm()).when(asked()).then("CLIENT_ASKED");
        given(ASKED).when(asked()).then();
        given(SCHEDULED).when(asked()).refused("nothingToAsk");
    }

    @Test
    @DisplayName("whose client is asked: reminds on each reminder day once, and not before")
    void remindsAsking() {
        given(ASKED).when(reminded()).refused("notYet");
        Story story = given(ASKED, dayIs(House.TODAY.plusDays(4)));
        story.when(reminded()).then("CLIENT_REMINDED");
        story.when(reminded()).refused("notYet");
        story.after(dayIs(House.TODAY.plusDays(8))).when(reminded()).then("CLIENT_REMINDED");
        story.after(dayIs(House.TODAY.plusDays(12))).when(reminded()).refused("notYet");
    }

    @Test
    @DisplayName(
            "S20 whose client is asked: keeps its deadline and its reminders when an owner edits the table; the next question has the new ones")
    void keepsItsDays() {
        Story asked = given(ASKED, daysToAnswer(5, 1, 2));
        asked.after(dayIs(House.TODAY.plusDays(3))).when(reminded()).refused("notYet");
        asked.after(dayIs(House.TODAY.plusDays(4))).when(reminded()).then("CLIENT_REMINDED");
        asked.after(dayIs(House.TODAY.plusDays(6))).when(unanswered()).refused("notYet");
        asked.after(dayIs(House.TODAY.plusDays(8))).when(reminded()).then("CLIENT_REMINDED");
        asked.after(dayIs(House.TODAY.plusDays(14))).when(unanswered()).then("CLIENT_DID_NOT_ANSWER");

        given(REVIEWED, takenOverByFirm(), daysToAnswer(5, 1, 2), asked(), dayIs(House.TODAY.plusDays(5)))
                .when(unanswered())
                .then("CLIENT_DID_NOT_ANSWER");
    }

    @Test
    @DisplayName(
            "S20 whose client was asked by an earlier version: gets the present reminders once, at the upgrade, and keeps its last day")
    void presentDaysAtTheUpgrade() {
        Story asked = given(ASKED, daysToAnswer(10, 2, 9), upgraded());
        assertThat(asked.house.flow).endsWith("putBack");
        asked.after(daysToAnswer(10, 5)).when(reminded()).refused("notYet");
        asked.after(dayIs(House.TODAY.plusDays(3))).when(reminded()).then("CLIENT_REMINDED");
        asked.after(dayIs(House.TODAY.plusDays(8))).when(reminded()).refused("notYet");
        asked.after(dayIs(House.TODAY.plusDays(10))).when(reminded()).then("CLIENT_REMINDED");
        asked.after(dayIs(House.TODAY.plusDays(12))).when(unanswered()).refused("notYet");
        asked.after(dayIs(House.TODAY.plusDays(14))).when(unanswered()).then("CLIENT_DID_NOT_ANSWER");
    }

    @Test
    @DisplayName("whose client is asked: takes the first answer, whichever it is, until the end of its last day")
    void answersAsking() {
        given(ASKED).when(confirmed()).then("CLIENT_CONFIRMED");
        given(ASKED).when(confirmedByPhone()).then("CLIENT_CONFIRMED");
        given(ASKED).when(declined()).then("CLIENT_DECLINED");
        given(ASKED, justBefore(House.TODAY.plusDays(14))).when(confirmed()).then("CLIENT_CONFIRMED");
        given(ASKED, dayIs(House.TODAY.plusDays(14))).when(confirmed()).refused("requestExpired");
    }

    @Test
    @DisplayName("whose client is asked: gives up when nobody has answered, and not before")
    void unansweredInTime() {
        given(ASKED, justBefore(House.TODAY.plusDays(14))).when(unanswered()).refused("notYet");
        given(ASKED, dayIs(House.TODAY.plusDays(14))).when(unanswered()).then("CLIENT_DID_NOT_ANSWER");
        given(AGREED, dayIs(House.TODAY.plusDays(14))).when(unanswered()).refused("nothingAsked");
    }

    @Test
    @DisplayName("whose client is asked: takes no yes to a cost that has risen; the firm reviews it first")
    void risenWhileAsked() {
        Story story = given(ASKED, unnoticed(users(20)));
        story.when(confirmed()).then("QUESTION_ENDED", "COST_CHANGED");
        assertThat(story.house.state()).isInstanceOf(State.Requested.class);
        given(ASKED, unnoticed(users(20))).when(confirmedByPhone()).refused("costChanged");
        given(ASKED, unnoticed(users(20))).when(declined()).then("CLIENT_DECLINED");
        given(ASKED, unnoticed(users(2))).when(confirmed()).then("CLIENT_CONFIRMED");
    }

    @Test
    @DisplayName("whose client is asked: ends its question when somebody else is primary admin, and asks that person")
    void anotherPrimaryAdmin() {
        Story story = given(ASKED);
        story.when(listed(admin("new@example.ca"))).then("QUESTION_ENDED", "PRIMARY_ADMIN_CHANGED");
        assertThat(story.house.flow).endsWith("putBack");
        story.when(asked()).then("CLIENT_ASKED");
        assertThat(story.house.file().openQuestion().orElseThrow().email()).isEqualTo("new@example.ca");
        given(ASKED_ONLINE).when(listed(admin("new@example.ca"))).then("QUESTION_ENDED", "PRIMARY_ADMIN_CHANGED");
        given(ASKED).when(listed(admin("MIREILLE.GAGNON@example.ca"))).then();
        given(SCHEDULED).when(listed(admin("new@example.ca"))).then();
    }

    @Test
    @DisplayName("whose client is asked: ends its question when the firm withdraws")
    void withdrawnAsking() {
        given(ASKED).when(withdrawnByFirm()).then("QUESTION_ENDED", "WITHDRAWN", "CLOSED");
    }

    @Test
    @DisplayName("is scheduled on the next billing date of what moves: of Time, or of QuickBooks Online in option 2")
    void billingDates() {
        given(AGREED).when(scheduled()).then("CHANGE_SCHEDULED").on(TIME_IS_BILLED);
        given(ASKED_ONLINE, confirmed())
                .when(scheduled())
                .then("CHANGE_SCHEDULED")
                .on(ONLINE_IS_BILLED);
    }

    @Test
    @DisplayName("that is agreed: is scheduled by the client's calendar, not the firm's")
    void clientsCalendar() {
        given(AGREED, unnoticed(zone("Pacific/Kiritimati")), dayIs(TIME_IS_BILLED))
                .when(scheduled())
                .then("CHANGE_SCHEDULED")
                .on(TIME_IS_BILLED.plusMonths(1));
    }

    @Test
    @DisplayName("that is agreed: is not scheduled without a yes to this very offer")
    void withoutConsent() {
        given(REVIEWED).when(scheduled()).refused("noConsent");
        given(ASKED).when(scheduled()).refused("noConsent");
        given(ASKED, declined()).when(scheduled()).refused("noConsent");
        given(OFFERED).when(scheduled()).refused("noConsent");
        given(
                        AGREED,
                        house -> house.questions.update(
                                house.file().questions().get(0).ended(ConsentRequest.Status.SUPERSEDED)))
                .when(scheduled())
                .refused("noConsent");
    }

    @Test
    @DisplayName("that is agreed: follows a billing date that moves")
    void moves() {
        Story story = given(SCHEDULED);
        story.when(listed(billingDay(25))).then();
        assertThat(story.house.flow).endsWith("billingDateMoved");
        story.when(scheduled()).then("BILLING_DATE_MOVED").on(LocalDate.of(2026, 3, 25));
        story.when(scheduled()).then();
    }

    @Test
    @DisplayName("that is agreed: goes back to review when the cost rises, and on at the lower cost when it falls")
    void costs() {
        given(SCHEDULED).when(listed(users(20))).then("COST_CHANGED");
        given(SCHEDULED, unnoticed(users(20)), dayIs(TIME_IS_BILLED))
                .when(checked())
                .then("COST_CHANGED");
        Story lower = given(SCHEDULED, unnoticed(users(2)), dayIs(TIME_IS_BILLED));
        lower.when(checked()).then("QUOTE_LOWERED");
        lower.when(switched()).then("SWITCHED");
    }

    @Test
    @DisplayName("that is agreed: can be withdrawn: by the client as after a decline, by the firm for good")
    void withdrawnAgreed() {
        Story byClient = given(SCHEDULED);
        byClient.when(withdrawnByClient()).then("WITHDRAWN");
        byClient.when(offeredToClient()).then("QUOTE_MADE");
        given(SCHEDULED).when(withdrawnByFirm()).then("WITHDRAWN", "CLOSED");
        given(IN_TROUBLE).when(withdrawnByClient()).then("WITHDRAWN");
        given(SWITCHED).when(withdrawnByFirm()).refused("tooLateToWithdraw");
        given(SWITCHED).when(withdrawnByClient()).refused("tooLateToWithdraw");
    }

    @Test
    @DisplayName("on the billing date: switches then and not an instant before, and not without a yes")
    void switches() {
        given(DUE, checked()).when(switched()).then("SWITCHED");
        given(SCHEDULED, justBefore(TIME_IS_BILLED)).when(checked()).refused("notYet");
        given(SCHEDULED, justBefore(TIME_IS_BILLED)).when(askedToSwitch()).refused("notYet");
        given(ASKED, dayIs(TIME_IS_BILLED)).when(switched()).refused("noConsent");
        given(SWITCHED).when(switched()).refused("noConsent");
    }

    @Test
    @DisplayName("on the billing date: has one payer afterwards, and an integration that runs")
    void onePayer() {
        House house = given(SWITCHED).house;
        assertThat(house.account().time().payer()).isEqualTo(Payer.FIRM);
        assertThat(house.account().client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(house.bookings.all).hasSize(1);
        assertThat(house.wantedOn()).contains(TIME_IS_BILLED);
    }

    static Stream<Consumer<Clients>> obstacles() {
        return Stream.of(
                status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE),
                status(Product.QUICKBOOKS_ONLINE, SubscriptionStatus.PAST_DUE),
                status(Product.QUICKBOOKS_TIME, SubscriptionStatus.SUSPENDED),
                status(Product.QUICKBOOKS_ONLINE, SubscriptionStatus.SUSPENDED),
                clients -> clients.pays(clients.account.online().id(), Payer.CLIENT));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    @DisplayName(
            "on the billing date: does not switch what is past due, suspended or moved: billing operations look into it")
    void obstacle(Consumer<Clients> obstacle) {
        Story story = given(SCHEDULED, unnoticed(obstacle), dayIs(TIME_IS_BILLED));
        story.when(checked()).then("CHECK_FAILED");
        story.when(askedToSwitch()).refused("noConsent");
        assertThat(story.house.wantedOn()).isEmpty();
        Story later = given(DUE, checked(), unnoticed(obstacle));
        assertThatThrownBy(() -> askedToSwitch().accept(later.house)).hasMessageContaining("notAsAgreed");
        assertThat(later.house.codes()).endsWith("CHECK_FAILED");
        assertThat(later.house.wantedOn()).as("what is booked").isEmpty();
    }

    @Test
    @DisplayName(
            "on the billing date: is tried again as the table says, then lies with billing operations, who try again or give up")
    void rejected() {
        Consumer<House> noCard = platformRejects(Rejection.FIRM_PAYMENT_METHOD);
        Story story = given(DUE, checked());
        story.when(noCard).then("SWITCH_REJECTED");
        assertThat(story.house.wantedOn()).isEmpty();
        story.when(askedToSwitch()).refused("notYet");
        story.after(dayIs(TIME_IS_BILLED.plusDays(1)))
                .when(askedToSwitch())
                .then("BILLING_DATE_MOVED")
                .on(TIME_IS_BILLED.plusMonths(1));
        story.when(noCard).then("SWITCH_REJECTED");
        story.after(dayIs(TIME_IS_BILLED.plusDays(4))).when(askedToSwitch()).then();
        story.when(noCard).then("SWITCH_REJECTED");
        assertThat(story.house.state()).isInstanceOf(State.InTrouble.class);
        story.when(askedToSwitch()).refused("noConsent");
        story.when(resolved(Resolution.RETRY)).then("PROBLEM_RETRIED");
        story.when(askedToSwitch()).then().on(TIME_IS_BILLED.plusMonths(1));
        story.when(platformSays(Progress.BOOKED)).then("CHANGE_BOOKED");
        story.after(dayIs(TIME_IS_BILLED.plusMonths(1))).when(checked()).then();
        story.when(switched()).then("SWITCHED");

        given(IN_TROUBLE).when(resolved(Resolution.CANCEL)).then("CHANGE_CANCELLED");
        given(SCHEDULED).when(resolved(Resolution.RETRY)).refused("notPossibleNow");
    }

    @Test
    @DisplayName("on the billing date: ends where nothing is left to take over")
    void nothingLeft() {
        Consumer<Clients> gone = status(Product.QUICKBOOKS_TIME, SubscriptionStatus.CANCELLED);
        given(SCHEDULED, unnoticed(gone)).when(closedSinceNothingIsLeft()).then("CLOSED");
        given(ASKED, unnoticed(gone)).when(closedSinceNothingIsLeft()).then("QUESTION_ENDED", "CLOSED");
        given(SCHEDULED).when(closedSinceNothingIsLeft()).refused("somethingLeft");
        given(SWITCHED).when(closedSinceNothingIsLeft()).refused("somethingLeft");
    }

    @Test
    @DisplayName(
            "whose payer has changed: pays the firm's balance once, and nothing where nothing was earned or nothing switched")
    void pays() {
        Story story = given(SWITCHED);
        story.when(paidOut()).then("COMMISSION_PAID");
        story.when(paidOut()).then();
        given(SWITCHED, house -> house.earned = "0.00").when(paidOut()).then();
        given(DUE).when(paidOut()).refused("noSwitch");
        given(SCHEDULED_ONLINE, dayIs(ONLINE_IS_BILLED), checked(), switched())
                .when(paidOut())
                .then();
    }

    @Test
    @DisplayName("whose payer has changed: closes with the payer that it came to, and no other case does")
    void closes() {
        Story firm = given(SWITCHED);
        firm.when(closed()).then("CLOSED");
        assertThat(((State.Closed) firm.house.state()).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        Story client = given(SCHEDULED_ONLINE, dayIs(ONLINE_IS_BILLED), checked(), switched());
        client.when(closed()).then("CLOSED");
        assertThat(((State.Closed) client.house.state()).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        given(DUE).when(closed()).refused("notEnded");
        given(STOPPING).when(closed()).refused("notYet");
    }

    @Test
    @DisplayName("that comes to no agreement: offers option 2 before bills stay separate")
    void optionTwoFirst() {
        given(ASKED, declined()).when(stopPlanned()).refused("notHere");
        given(ASKED, declined()).when(offeredToClient()).then("QUOTE_MADE");
        given(ASKED_ONLINE, declined()).when(offeredToClient()).then();
        given(ASKED_ONLINE, declined()).when(stopPlanned()).then("STOP_PLANNED");
    }

    @Test
    @DisplayName("whose stop is ordered: has not stopped and does not end before the platform has confirmed it")
    void stopIsOrdered() {
        Story story = given(STOPPING, toldOfStop(), dayIs(STOP_DATE));
        story.when(stopOrdered()).then("STOP_ORDERED");
        assertThat(story.house.stopWaitsFor().step()).isEqualTo(StopIntegration.Step.WAIT);
        assertThat(story.house.account().client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        story.when(closed()).refused("notYet");
        story.when(stopOrdered()).then();

        story.when(integrationSet()).then("INTEGRATION_STOPPED");
        assertThat(story.house.kinds()).endsWith("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
        story.when(closed()).then("CLOSED");
    }

    @Test
    @DisplayName(
            "that comes to no agreement: stops on the stop date and not before, and not where there is one payer by now")
    void stops() {
        given(STOPPING, toldOfStop(), justBefore(STOP_DATE)).when(stopped()).refused("notYet");
        Story story = given(STOPPING, toldOfStop(), dayIs(STOP_DATE));
        story.when(stopped()).then("STOP_ORDERED", "INTEGRATION_STOPPED");
        story.when(closed()).then("CLOSED");
        assertThat(((State.Closed) story.house.state()).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);

        Story onePayer = given(
                STOPPING,
                unnoticed(clients -> clients.pays(clients.account.online().id(), Payer.CLIENT)),
                dayIs(STOP_DATE));
        onePayer.when(stopped()).then();
        assertThat(onePayer.house.account().client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        onePayer.when(closed()).then("CLOSED");
        assertThat(((State.Closed) onePayer.house.state()).outcome()).isEqualTo(Outcome.NOTHING_TO_TAKE_OVER);
    }

    @Test
    @DisplayName(
            "S80 stops no integration of which firm and client were not told in time: the stop moves, and both are told the new day")
    void toldBeforeTheStop() {
        given(STOPPING, dayIs(STOP_DATE)).when(stopped()).refused("notYet");
        given(STOPPING, mailServer(false), toldOfStop(), dayIs(STOP_DATE))
                .when(stopped())
                .refused("notYet");

        LocalDate late = STOP_DATE.minusDays(13);
        Story story = given(STOPPING, dayIs(late));
        assertThat(story.house.stopWaitsFor().step()).isEqualTo(StopIntegration.Step.WARN);
        story.when(toldOfStop()).then("STOP_PLANNED");
        LocalDate moved = late.plusDays(21);
        assertThat(story.house.account().client().integration().stopDate()).isEqualTo(moved);
        assertThat(story.house.kinds()).endsWith("STOP_COMES to FIRM", "STOP_COMES to CLIENT");
        assertThat(story.house.letters.get(story.house.letters.size() - 1).facts())
                .containsEntry("stopsOn", moved)
                .containsEntry("movedFrom", STOP_DATE);
        story.after(dayIs(STOP_DATE)).when(stopped()).refused("notYet");
        story.after(toldOfStop()).when(stopped()).refused("notYet");
        assertThat(story.house.letters.stream().filter(letter -> letter.kind() == MailKind.STOP_COMES))
                .hasSize(2);
        story.after(dayIs(moved)).when(stopped()).then("STOP_ORDERED", "INTEGRATION_STOPPED");
    }

    @Test
    @DisplayName("tells of the stop by table, once, and neither earlier nor after")
    void toldByTable() {
        Story early = given(STOPPING, dayIs(STOP_DATE.minusDays(22)));
        assertThat(early.house.stopWaitsFor().step()).isEqualTo(StopIntegration.Step.WAIT);
        Story due = given(STOPPING, dayIs(STOP_DATE.minusDays(20)));
        assertThat(due.house.stopWaitsFor().step()).isEqualTo(StopIntegration.Step.WARN);
        due.when(toldOfStop()).then();
        assertThat(due.house.stopWaitsFor().step()).isEqualTo(StopIntegration.Step.WAIT);
        assertThat(due.house.account().client().integration().stopDate()).isEqualTo(STOP_DATE);
    }

    @Test
    @DisplayName(
            "that comes to no agreement: begins anew when somebody reconsiders, while the client is asked to take over or until the stop")
    void reconsiders() {
        given(STOPPING).when(reconsidered()).then("RECONSIDERED");
        given(ASKED_ONLINE).when(reconsidered()).then("QUESTION_ENDED", "RECONSIDERED");
        given(ASKED).when(reconsidered()).refused("nothingToReconsider");
        given(SCHEDULED).when(reconsidered()).refused("nothingToReconsider");
        given(STOPPING, reconsidered()).when(quoted()).then("QUOTE_MADE");
    }

    // ---- the world goes on while a case waits

    static Stream<Consumer<Clients>> refusedAtConsent() {
        return Stream.of(
                payroll(),
                movedToNewYork(),
                annual(LocalDate.of(2026, 10, 1)),
                clients -> clients.firm(House.without(clients.account.firm(), "wholesale billing")));
    }

    @ParameterizedTest
    @MethodSource("refusedAtConsent")
    @DisplayName("S104 takes no yes to what the table is against by now: nothing is scheduled, both are told why")
    void refusedAtConsent(Consumer<Clients> change) {
        Story story = given(ASKED, unnoticed(change));
        story.when(confirmed()).then("QUESTION_ENDED", "NOT_POSSIBLE");
        assertThat(story.house.state())
                .isEqualTo(new State.Separate(Way.FIRM_TAKES_TIME, State.Separate.Why.NOT_ELIGIBLE));
        assertThat(story.house.kinds()).endsWith("NOT_POSSIBLE to FIRM", "NOT_POSSIBLE to CLIENT");
        assertThat(story.house.flow).endsWith("notPossible");
        story.when(scheduled()).refused("noConsent");
        given(ASKED, unnoticed(change)).when(confirmedByPhone()).refused("notPossible");
        given(ASKED, unnoticed(change)).when(declined()).then("CLIENT_DECLINED");
    }

    @Test
    @DisplayName(
            "S104 takes a yes where a row counts at other moments only: what is past due can be paid until the date")
    void otherMoments() {
        given(ASKED, unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE)))
                .when(confirmed())
                .then("CLIENT_CONFIRMED");
        given(ASKED, unnoticed(clients -> clients.firm(House.without(clients.account.firm(), "payment method"))))
                .when(confirmed())
                .then("CLIENT_CONFIRMED");
    }

    @Test
    @DisplayName(
            "S104 offers the client's own way where only the firm's is impossible, and leaves bills separate where both are")
    void optionTwoHasATableOfItsOwn() {
        given(ASKED, unnoticed(movedToNewYork()), confirmed())
                .when(offeredToClient())
                .then("QUOTE_MADE");
        Story neither = given(ASKED, unnoticed(payroll()), confirmed());
        neither.when(offeredToClient()).then("NOT_OFFERED");
        assertThat(neither.house.kinds()).endsWith("NOT_POSSIBLE to FIRM", "NOT_POSSIBLE to CLIENT");
        neither.when(asked()).refused("notOffered");
        neither.when(stopPlanned()).then("STOP_PLANNED");
        Story atConsent = given(ASKED_ONLINE, unnoticed(payroll()));
        atConsent.when(confirmed()).then("QUESTION_ENDED", "NOT_POSSIBLE");
        atConsent.when(offeredToClient()).then();
        atConsent.when(stopPlanned()).then("STOP_PLANNED");
        given(ASKED_ONLINE, unnoticed(movedToNewYork())).when(confirmed()).then("CLIENT_CONFIRMED");
    }

    static Stream<Consumer<Clients>> refusedOnTheDate() {
        return Stream.concat(
                refusedAtConsent(),
                Stream.of(
                        status(Product.QUICKBOOKS_ONLINE, SubscriptionStatus.PAST_DUE),
                        status(Product.QUICKBOOKS_TIME, SubscriptionStatus.SUSPENDED)));
    }

    @ParameterizedTest
    @MethodSource("refusedOnTheDate")
    @DisplayName("S104 does not switch on the date what the table is against then: billing operations have the reason")
    void refusedOnTheDate(Consumer<Clients> change) {
        Story story = given(SCHEDULED, unnoticed(change), dayIs(TIME_IS_BILLED));
        story.when(checked()).then("CHECK_FAILED");
        assertThat(story.house.kinds()).endsWith("PROBLEM to FIRM", "NOT_CHANGED to CLIENT");
        assertThat(story.house.wantedOn()).isEmpty();
    }

    @Test
    @DisplayName("S104 asks the table in force on that day, whatever it was when the case began")
    void tableInForce() {
        Ineligibility reason = new Ineligibility("NEW_ROW", null);
        Story story = given(SCHEDULED, dayIs(TIME_IS_BILLED));
        story.house.table = facts -> facts.moment() == Moment.BILLING_DATE ? List.of(reason) : List.of();
        story.when(checked()).then("CHECK_FAILED");
        assertThat(story.house.state())
                .isInstanceOfSatisfying(
                        State.InTrouble.class,
                        trouble -> assertThat(trouble.obstacle()).isEqualTo("NEW_ROW"));
    }

    @Test
    @DisplayName("S104 moves an annual plan to its renewal day only in the days before it, and switches it on that day")
    void annualPlan() {
        Story early = given(SCHEDULED);
        early.when(listed(annual(LocalDate.of(2026, 10, 1)))).then("CHECK_FAILED");
        assertThat(early.house.flow).endsWith("putBack");
        assertThat(early.house.state().billingDate()).contains(TIME_IS_BILLED);
        early.when(resolved(Resolution.RETRY)).then("PROBLEM_RETRIED");
        early.when(checked()).then("CHECK_FAILED");

        LocalDate renewal = LocalDate.of(2026, 3, 25);
        Story near = given(SCHEDULED);
        near.when(listed(annual(renewal))).then();
        near.when(scheduled()).then("BILLING_DATE_MOVED").on(renewal);
        near.after(dayIs(renewal)).when(checked()).then();
        near.when(switched()).then("SWITCHED");
        Story late = given(SCHEDULED, listed(annual(renewal)), scheduled(), dayIs(renewal.plusDays(5)));
        late.when(checked()).then();
        late.when(switched()).then("SWITCHED");
    }

    static Stream<Consumer<Clients>> costThatCannotBeTold() {
        return Stream.of(
                plan(Product.QUICKBOOKS_TIME, "PREMIUM_PLUS_2027"),
                plan(Product.QUICKBOOKS_ONLINE, "RENAMED"),
                billedIn("USD"));
    }

    @ParameterizedTest
    @MethodSource("costThatCannotBeTold")
    @DisplayName("S107 goes to billing operations at once where what was agreed can no longer be told or compared")
    void unknownCostWhileScheduled(Consumer<Clients> change) {
        for (List<Consumer<House>> agreed : List.of(SCHEDULED, SCHEDULED_ONLINE)) {
            Story story = given(agreed);
            story.when(listed(change)).then("CHECK_FAILED");
            assertThat(story.house.flow).endsWith("putBack");
            assertThat(story.house.kinds()).endsWith("PROBLEM to FIRM");
        }
        Story rejected = given(DUE, platformRejects(Rejection.FIRM_PAYMENT_METHOD));
        rejected.when(listed(change)).then("CHECK_FAILED");
        given(SCHEDULED, unnoticed(change), dayIs(TIME_IS_BILLED))
                .when(checked())
                .then("CHECK_FAILED");
    }

    @ParameterizedTest
    @MethodSource("costThatCannotBeTold")
    @DisplayName(
            "S107 goes back to review, or is asked no more, where what was quoted can no longer be told or compared")
    void unknownCostBefore(Consumer<Clients> change) {
        given(REVIEWED).when(listed(change)).then("COST_CHANGED");
        given(ASKED).when(listed(change)).then("QUESTION_ENDED", "COST_CHANGED");
        given(ASKED_ONLINE).when(listed(change)).then("QUESTION_ENDED", "COST_CHANGED");
        given(ASKED, unnoticed(plan(Product.QUICKBOOKS_TIME, "RENAMED")))
                .when(confirmed())
                .then("QUESTION_ENDED", "COST_CHANGED");
    }

    @Test
    @DisplayName(
            "S107 is quoted anew in the other currency where there are prices; without, the step is refused until there are")
    void quotedAnew() {
        given(REVIEWED, listed(billedIn("USD"))).when(quoted()).then("QUOTE_MADE");
        given(ASKED, listed(billedIn("USD"))).when(quoted()).then("QUOTE_MADE");
        Story unknown = given(ASKED, listed(plan(Product.QUICKBOOKS_TIME, "RENAMED")));
        unknown.when(quoted()).refused("PRICE_UNKNOWN");
        unknown.when(listed(plan(Product.QUICKBOOKS_TIME, "PREMIUM"))).then();
        assertThat(unknown.house.flow).endsWith("putBack");
        unknown.when(quoted()).then("QUOTE_MADE");
        given(ASKED_ONLINE, listed(plan(Product.QUICKBOOKS_ONLINE, "RENAMED")))
                .when(offeredToClient())
                .refused("PRICE_UNKNOWN");
    }

    @Test
    @DisplayName(
            "S107 counts past due on the date also where the plan came to be unknown, and waits for the date after a retry")
    void pastDueBesides() {
        Story story = given(SCHEDULED);
        story.when(listed(plan(Product.QUICKBOOKS_TIME, "RENAMED")
                        .andThen(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE))))
                .then("CHECK_FAILED");
        story.after(house -> house.plans.add("RENAMED"));
        story.after(unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.ACTIVE)));
        story.when(resolved(Resolution.RETRY)).then("PROBLEM_RETRIED");
        story.when(checked()).then();
        story.when(askedToSwitch()).then().on(TIME_IS_BILLED);
        assertThat(story.house.wantedOn()).contains(TIME_IS_BILLED);
        story.when(askedToSwitch()).refused("notYet");
        story.after(unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE)))
                .after(dayIs(TIME_IS_BILLED))
                .when(checked())
                .then("CHECK_FAILED");
    }

    @Test
    @DisplayName("S103 is due when its date begins in a time zone that was corrected, and can be withdrawn until then")
    void timeZoneWhileScheduled() {
        for (String zone : List.of("America/Vancouver", "Pacific/Kiritimati", "Europe/Paris")) {
            Story story = given(SCHEDULED);
            story.when(listed(zone(zone))).then();
            assertThat(story.house.flow).endsWith("billingDateMoved");
            story.when(scheduled()).then("TIME_ZONE_CHANGED").on(TIME_IS_BILLED);
            assertThat(story.house.state().due())
                    .contains(TIME_IS_BILLED.atStartOfDay(ZoneId.of(zone)).toInstant());
            story.after(justBefore(TIME_IS_BILLED)).when(askedToSwitch()).refused("notYet");
            story.after(dayIs(TIME_IS_BILLED)).when(checked()).then();
            story.when(switched()).then("SWITCHED");
        }
        Story west = given(SCHEDULED, listed(zone("America/Vancouver")), scheduled());
        west.after(house -> house.now = instantOf(TIME_IS_BILLED))
                .when(withdrawnByClient())
                .then("WITHDRAWN");
        given(SCHEDULED).when(listed(zone("America/Montreal"))).then();
    }

    @Test
    @DisplayName("S103 keeps its date where that has begun in the corrected time zone, and does not slip by a month")
    void timeZoneInWhichTheDateHasBegun() {
        Story story = given(SCHEDULED, justBefore(TIME_IS_BILLED));
        story.when(listed(zone("Europe/Paris"))).then();
        story.when(scheduled()).then("TIME_ZONE_CHANGED").on(TIME_IS_BILLED);
        story.when(checked()).then();
        story.when(switched()).then("SWITCHED");
    }

    @Test
    @DisplayName("S103 takes answers until midnight, and stops, by the corrected time zone")
    void timeZoneOfQuestionAndStop() {
        LocalDate last = House.TODAY.plusDays(14);
        Story asked = given(ASKED);
        asked.when(listed(zone("America/Vancouver"))).then("TIME_ZONE_CHANGED");
        assertThat(asked.house.flow).endsWith("putBack");
        asked.after(justBefore(last)).when(unanswered()).refused("notYet");
        asked.after(dayIs(last)).when(unanswered()).then("CLIENT_DID_NOT_ANSWER");
        given(ASKED, listed(zone("America/Vancouver")), dayIs(House.TODAY.plusDays(4)))
                .when(reminded())
                .then("CLIENT_REMINDED");
        Story stopping = given(STOPPING, toldOfStop());
        stopping.when(listed(zone("America/Vancouver"))).then("STOP_PLANNED");
        stopping.after(justBefore(STOP_DATE)).when(stopped()).refused("notYet");
        stopping.after(dayIs(STOP_DATE)).when(stopped()).then("STOP_ORDERED", "INTEGRATION_STOPPED");
    }

    @Test
    @DisplayName(
            "S66 what neither firm nor client can mend waits for billing operations at once, and nobody else is asked")
    void mendedByOperations() {
        Story story = given(SCHEDULED);
        story.when(platformRejects(Rejection.PLAN_NOT_SOLD)).then("SWITCH_REJECTED");
        assertThat(story.house.state()).isInstanceOf(State.InTrouble.class);
        assertThat(story.house.kinds()).endsWith("NOT_CHANGED to CLIENT", "PROBLEM to FIRM");

        Story byClient = given(SCHEDULED);
        byClient.when(platformRejects(Rejection.CLIENT_PAYMENT_METHOD)).then("SWITCH_REJECTED");
        assertThat(byClient.house.state()).isInstanceOf(State.Rejected.class);
        assertThat(byClient.house.letters.get(byClient.house.letters.size() - 1).facts())
                .containsEntry("mender", "CLIENT");
    }

    @Test
    @DisplayName(
            "S66 is not put to the client while the platform would refuse it, and is once it would not; nobody is held up by one that does not answer")
    void refusedAhead() {
        Story story = given(REVIEWED);
        assertThat(story.house.askedAheadOf()).contains(TIME_IS_BILLED);
        story.when(platformForeseesRefusal(Rejection.FIRM_PAYMENT_METHOD)).then("REFUSAL_FORESEEN");
        story.when(takenOverByFirm()).refused("platformWouldRefuse");
        story.when(platformForeseesRefusal(Rejection.FIRM_PAYMENT_METHOD)).then();
        given(REVIEWED, platformForeseesRefusal(Rejection.FIRM_PAYMENT_METHOD))
                .when(leftSeparate())
                .then("FIRM_LEAVES_BILLS_SEPARATE");
        story.when(platformForesees(new Preview.Accepts())).then("NO_REFUSAL_FORESEEN");
        story.when(takenOverByFirm()).then("FIRM_TAKES_OVER");

        given(REVIEWED, platformForesees(new Preview.NotKnown()))
                .when(takenOverByFirm())
                .then("FIRM_TAKES_OVER");
    }

    @Test
    @DisplayName(
            "S66 is asked about ahead at the billing date of the way that is being tried, and about nothing once it has ended")
    void askedAhead() {
        assertThat(given(ASKED_ONLINE).house.askedAheadOf()).contains(ONLINE_IS_BILLED);
        assertThat(given(ASKED, withdrawnByFirm()).house.askedAheadOf()).isEmpty();
        Story late = given(ASKED, dayIs(TIME_IS_BILLED));
        late.when(platformForeseesRefusal(Rejection.FIRM_PAYMENT_METHOD)).then();
        assertThat(late.house.askedAheadOf())
                .as("what was said of a date that has passed is asked anew")
                .contains(TIME_IS_BILLED.plusMonths(1));
    }

    @Test
    @DisplayName(
            "S73 scheduled: what only billing operations can mend they learn when it is noticed; the others are warned by the table")
    void refusedAheadOfTheBillingDate() {
        Story moved = given(SCHEDULED);
        moved.when(platformForeseesRefusal(Rejection.ALREADY_MOVED)).then("REFUSAL_FORESEEN", "CHECK_FAILED");
        assertThat(moved.house.state()).isInstanceOf(State.InTrouble.class);
        assertThat(moved.house.wantedOn()).isEmpty();
        assertThat(moved.house.askedAheadOf()).isEmpty();
        assertThat(moved.house.kinds()).endsWith("PROBLEM to FIRM");

        Story card = given(SCHEDULED);
        card.when(platformForeseesRefusal(Rejection.FIRM_PAYMENT_METHOD_EXPIRED))
                .then("REFUSAL_FORESEEN");
        assertThat(card.house.state()).isInstanceOf(State.Scheduled.class);
        assertThat(card.house.wantedOn()).contains(TIME_IS_BILLED);

        Story made = given(DUE, checked());
        made.house.now = instantOf(TIME_IS_BILLED).plus(Duration.ofHours(2));
        made.when(platformForeseesRefusal(Rejection.ALREADY_MOVED)).then();
        assertThat(made.house.wantedOn()).contains(TIME_IS_BILLED);
    }

    @Test
    @DisplayName(
            "S100 is tried again for its date while that day lasts, and after that for the next one, with both told")
    void nothingIsBackdated() {
        Story byItself = given(DUE, checked());
        byItself.when(platformRejects(Rejection.FIRM_PAYMENT_METHOD)).then("SWITCH_REJECTED");
        assertThat(byItself.house.kinds()).endsWith("NOT_CHANGED to FIRM", "NOT_CHANGED to CLIENT");
        byItself.after(dayIs(TIME_IS_BILLED.plusDays(1))).when(checked()).then();
        byItself.when(askedToSwitch()).then("BILLING_DATE_MOVED").on(TIME_IS_BILLED.plusMonths(1));
        assertThat(byItself.house.kinds()).endsWith("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT");
        byItself.when(askedToSwitch()).refused("notYet");
        byItself.after(dayIs(TIME_IS_BILLED.plusMonths(1))).when(switched()).then("SWITCHED");

        Story sameDay = given(SCHEDULED, unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.PAST_DUE)))
                .after(dayIs(TIME_IS_BILLED));
        sameDay.when(checked()).then("CHECK_FAILED");
        sameDay.after(unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.ACTIVE)))
                .when(resolved(Resolution.RETRY))
                .then("PROBLEM_RETRIED");
        sameDay.when(checked()).then();
        sameDay.when(askedToSwitch()).then().on(TIME_IS_BILLED);
        sameDay.when(switched()).then("SWITCHED");

        Story billsMade = given(IN_TROUBLE, unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.ACTIVE)));
        billsMade.house.now = billsMade.house.now.plus(Duration.ofHours(2));
        billsMade.when(resolved(Resolution.RETRY)).then("PROBLEM_RETRIED");
        billsMade.when(askedToSwitch()).then("BILLING_DATE_MOVED").on(TIME_IS_BILLED.plusMonths(1));

        Story weeksLater = given(IN_TROUBLE, unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.ACTIVE)));
        weeksLater
                .after(dayIs(TIME_IS_BILLED.plusDays(49)))
                .when(resolved(Resolution.RETRY))
                .then("PROBLEM_RETRIED");
        weeksLater.when(checked()).then();
        weeksLater.when(askedToSwitch()).then("BILLING_DATE_MOVED").on(TIME_IS_BILLED.plusMonths(2));
    }

    @Test
    @DisplayName("S100 is put off at the prices of the new date: what costs more by then is reviewed anew")
    void putOffAtTheNewPrices() {
        Story story = given(DUE, platformRejects(Rejection.FIRM_PAYMENT_METHOD));
        story.house.fromApril = "12.00";
        story.after(dayIs(TIME_IS_BILLED.plusDays(1))).when(checked()).then("COST_CHANGED");
        Story lower = given(DUE, platformRejects(Rejection.FIRM_PAYMENT_METHOD));
        lower.house.fromApril = "9.00";
        lower.after(dayIs(TIME_IS_BILLED.plusDays(1))).when(checked()).then("QUOTE_LOWERED");
        lower.when(askedToSwitch()).then("BILLING_DATE_MOVED").on(TIME_IS_BILLED.plusMonths(1));
    }

    @Test
    @DisplayName(
            "S100 is not backdated by a process that is moved, and a retry counts only for the date that was shown")
    void noWayAround() {
        Story moved = given(DUE, platformRejects(Rejection.FIRM_PAYMENT_METHOD));
        moved.after(dayIs(TIME_IS_BILLED.plusDays(1))).when(scheduled()).then();
        assertThat(moved.house.wantedOn()).isEmpty();
        given(IN_TROUBLE, dayIs(TIME_IS_BILLED.plusDays(1)))
                .when(House.retriedHavingSeen(TIME_IS_BILLED))
                .refused("retryDateMoved");
    }

    @Test
    @DisplayName("S41 is switched as promised where only our own servers were late")
    void lateByOurselves() {
        Story story = given(SCHEDULED, dayIs(TIME_IS_BILLED.plusDays(40)), checked());
        story.when(switched()).then("SWITCHED").on(TIME_IS_BILLED);
        assertThat(story.house.wantedOn()).contains(TIME_IS_BILLED);
    }

    @Test
    @DisplayName(
            "S60 S61 is booked as soon as it is scheduled, anew for each date, and wants nothing booked once it is withdrawn")
    void booked() {
        Story story = given(SCHEDULED);
        assertThat(story.house.wantedOn()).contains(TIME_IS_BILLED);
        story.when(platformSays(Progress.BOOKED)).then("CHANGE_BOOKED");
        story.when(listed(billingDay(25))).then();
        story.when(scheduled()).then("BILLING_DATE_MOVED");
        assertThat(story.house.wantedOn()).contains(LocalDate.of(2026, 3, 25));
        assertThat(story.house.bookings.all.stream()
                        .map(each -> each.order().key().text()))
                .containsExactly(
                        "TKO-2026-00001/FIRM_TAKES_TIME/2026-03-20/1", "TKO-2026-00001/FIRM_TAKES_TIME/2026-03-25/2");
        story.when(withdrawnByClient()).then("WITHDRAWN");
        assertThat(story.house.wantedOn()).isEmpty();
        story.when(platformSays(Progress.WITHDRAWN)).then("BOOKING_WITHDRAWN");
    }

    @Test
    @DisplayName(
            "S61 can be withdrawn until the platform's cut-off and not after it, and is not reviewed anew after it either")
    void beyondRecall() {
        Instant cutOff = instantOf(TIME_IS_BILLED).plus(Duration.ofHours(2));
        for (Consumer<House> withdrawn : List.of(withdrawnByClient(), withdrawnByFirm(), offeredInstead())) {
            Story inTime = given(DUE, checked(), house -> house.now = cutOff.minusMillis(1));
            withdrawn.accept(inTime.house);
            assertThat(inTime.house.wantedOn()).isEmpty();
        }
        Consumer<House> tooLate = house -> house.now = cutOff;
        given(DUE, checked(), tooLate).when(withdrawnByClient()).refused("tooLateToWithdraw");
        given(DUE, checked(), tooLate).when(withdrawnByFirm()).refused("tooLateToWithdraw");
        given(DUE, checked(), tooLate).when(offeredInstead()).refused("tooLateToWithdraw");
        given(DUE, checked(), tooLate).when(listed(users(20))).then();
        given(DUE, checked(), tooLate, unnoticed(users(20))).when(checked()).then();
        given(DUE, checked(), tooLate, unnoticed(status(Product.QUICKBOOKS_TIME, SubscriptionStatus.CANCELLED)))
                .when(closedSinceNothingIsLeft())
                .refused("tooLateToWithdraw");
    }

    @Test
    @DisplayName(
            "S65 agreed too late for the platform's bills: the next billing date, with both told, and never backdated")
    void tooLate() {
        Story story = given(DUE, checked());
        story.when(platformSays(Progress.TOO_LATE))
                .then("BOOKED_TOO_LATE", "BILLING_DATE_MOVED")
                .on(TIME_IS_BILLED.plusMonths(1));
        assertThat(story.house.wantedOn()).contains(TIME_IS_BILLED.plusMonths(1));
        assertThat(story.house.flow).endsWith("billingDateMoved");
    }

    @Test
    @DisplayName(
            "S62 is switched only by a booking that the platform has confirmed: of this case, for this date and payer")
    void proof() {
        given(DUE, checked(), platformSays(Progress.BOOKED))
                .when(askedToSwitch())
                .then();
        Story another = given(DUE, checked(), billsMade());
        State.Scheduled scheduled = (State.Scheduled) another.house.state();
        Booking proof = another.house.bookings.wanted().orElseThrow();
        BillingChange change = new BillingChange(
                new TakeoverKey("TKO-2026-00099"),
                scheduled.way(),
                another.house.account().time().id(),
                scheduled.change().current(),
                Payer.CLIENT,
                Payer.FIRM,
                TIME_IS_BILLED,
                another.house.now);
        assertThat(scheduled.switched(another.house.file().consent().orElseThrow(), proof, change))
                .isEqualTo(Verdict.denied("notConfirmed"));
    }

    @Test
    @DisplayName("S64 learns what the platform says of a booking that it no longer wants, and stays where it is")
    void noLongerWanted() {
        Story story = given(SCHEDULED, withdrawnByClient());
        story.when(platformSays(Progress.BOOKED)).then();
        story.when(platformSays(Progress.CONFIRMED)).then();
        assertThat(story.house.flow).endsWith("madeThoughWithdrawn");
    }

    // ---- given, when, then

    /** One case and what has happened in it. */
    private record Story(House house) {

        Story after(Consumer<House> more) {
            more.accept(house);
            return this;
        }

        When when(Consumer<House> command) {
            return new When(house, command);
        }
    }

    private record When(House house, Consumer<House> command) {

        When then(String... codes) {
            int before = house.codes().size();
            command.accept(house);
            assertThat(house.codes().subList(before, house.codes().size())).containsExactly(codes);
            return this;
        }

        void on(LocalDate billingDate) {
            assertThat(house.state().billingDate()).contains(billingDate);
        }

        void refused(String why) {
            State before = house.state();
            List<String> codes = house.codes();
            int letters = house.letters.size();
            assertThatThrownBy(() -> command.accept(house))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(why);
            assertThat(house.state()).isEqualTo(before);
            assertThat(house.codes()).isEqualTo(codes);
            assertThat(house.letters).hasSize(letters);
        }
    }

    @SafeVarargs
    private static Story given(Consumer<House>... happened) {
        return given(List.of(), happened);
    }

    @SafeVarargs
    private static Story given(List<Consumer<House>> before, Consumer<House>... more) {
        House house = new House();
        with(before, more).forEach(each -> each.accept(house));
        return new Story(house);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // They are read.
    private static List<Consumer<House>> with(List<Consumer<House>> before, Consumer<House>... more) {
        return Stream.concat(before.stream(), Stream.of(more)).toList();
    }

    // ---- what changes elsewhere

    private static Consumer<Clients> status(Product product, SubscriptionStatus status) {
        return change(product, each -> like(each, "status", status));
    }

    private static Consumer<Clients> users(int users) {
        return change(Product.QUICKBOOKS_TIME, each -> like(each, "users", users));
    }

    private static Consumer<Clients> billingDay(int day) {
        return change(Product.QUICKBOOKS_TIME, each -> like(each, "billingDay", day));
    }

    private static Consumer<Clients> plan(Product product, String plan) {
        return change(product, each -> like(each, "plan", plan));
    }

    private static Consumer<Clients> payroll() {
        return change(Product.QUICKBOOKS_TIME, each -> like(each, "includedInPayroll", true));
    }

    private static Consumer<Clients> annual(LocalDate renewal) {
        return change(
                Product.QUICKBOOKS_TIME, each -> like(each, "cycle", BillingCycle.ANNUAL, "renewalDate", renewal));
    }

    private static Consumer<Clients> change(Product product, UnaryOperator<Subscription> how) {
        return clients -> clients.change(how.apply(clients.account.subscription(product)));
    }

    private static Consumer<Clients> zone(String zone) {
        return changeClient(client -> like(client, "timeZone", ZoneId.of(zone)));
    }

    private static Consumer<Clients> admin(String email) {
        return changeClient(client -> like(client, "admin", new PrimaryAdmin("New Admin", email)));
    }

    private static Consumer<Clients> movedToNewYork() {
        return changeClient(client -> like(client, "country", "US", "province", "NY"));
    }

    private static Consumer<Clients> billedIn(String currency) {
        return changeClient(client -> like(client, "currency", Currency.getInstance(currency)));
    }

    private static Consumer<Clients> changeClient(UnaryOperator<Client> how) {
        return clients -> clients.account = like(clients.account, "client", how.apply(clients.account.client()));
    }

    private static java.time.Instant instantOf(LocalDate day) {
        return day.atStartOfDay(House.MONTREAL).toInstant();
    }
}
