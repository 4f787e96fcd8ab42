package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Difference;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

@ScenarioTest
@DisplayName("What changed elsewhere")
class ChangedElsewhereScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    PlatformDesk platform;

    @Autowired
    CaseEvents events;

    @Autowired
    Bookings bookings;

    @Autowired
    MessageSource messages;

    @AfterEach
    void answersAgain() {
        world.platform.isDown(false);
        platform.refuseNoMore(firm.id());
    }

    @ParameterizedTest
    @CsvSource({
        "Time plan, Elite, TIME_PLAN, Premium, Elite, COST_CHANGED",
        "Time users, 25, TIME_USERS, 10, 25, COST_CHANGED",
        "Time billing day, 25, TIME_BILLING_DAY, 20, 25, BILLING_DATE_MOVED",
        "Time status, Cancelled, TIME_STATUS, ACTIVE, CANCELLED, CLOSED"
    })
    @DisplayName(
            "S73 is noticed by the next list of a scheduled case, shown from what to what, and goes the flow's own way")
    void toldOfAScheduledCase(
            String header, String value, String column, String before, String now, String whatFollows) {
        AccountLine line = line();
        String key = world.confirmed(world.imports(firm, line));

        world.imports(firm, line.with(header, value));
        world.runDue();

        assertThat(world.happened(key)).containsSubsequence("ACCOUNT_DIFFERS", whatFollows);
        assertThat(Difference.read(detail(key, "ACCOUNT_DIFFERS")))
                .containsExactly(new Difference(column, before, now));
        world.imports(firm, line);
        assertThat(world.happened(key)).as("the same list again").containsOnlyOnce("ACCOUNT_DIFFERS");
    }

    @ParameterizedTest
    @CsvSource({"Time users, 25, REVIEW", "Time users, 5, ASKING", "Time billing day, 25, ASKING"})
    @DisplayName("S73 of a case whose client is asked leads back to the review only where the cost rises")
    void toldOfAnAskedCase(String header, String value, Stage stage) {
        AccountLine line = line();
        String key = world.asked(world.imports(firm, line));

        world.imports(firm, line.with(header, value));
        world.runDue();

        assertThat(world.happened(key)).containsOnlyOnce("ACCOUNT_DIFFERS");
        assertThat(world.takeover(key).stage()).isEqualTo(stage);
    }

    @Test
    @DisplayName(
            "S73 a payer that was changed elsewhere is noticed the next day, and billing operations look into it before the date")
    void payer() {
        String key = world.confirmed(world.imports(firm, line()));
        platform.refuse(firm.id(), Rejection.ALREADY_MOVED);

        world.timePassesTo(TODAY.plusDays(3));

        assertThat(world.happened(key)).containsSubsequence("CHANGE_BOOKED", "REFUSAL_FORESEEN", "CHECK_FAILED");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(bookings.wantedBy(new TakeoverKey(key))).isEmpty();
        assertThat(world.mailKindsOf(key)).contains("PROBLEM to FIRM");
        assertThat(world.shownBy(Language.EN, key, "UserTask_ResolveProblem", "problem"))
                .containsEntry("reason", words("problem.", Rejection.ALREADY_MOVED, Language.EN));

        platform.refuseNoMore(firm.id());
        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
    }

    @ParameterizedTest
    @EnumSource(
            value = Rejection.class,
            names = {"FIRM_PAYMENT_METHOD_EXPIRED", "CLIENT_PAYMENT_METHOD_EXPIRED"})
    @DisplayName(
            "S73 a payment method that has expired is told, in time, to whoever can mend it, and mended, the payer changes as agreed")
    void paymentMethod(Rejection reason) {
        world.watchesDaily();
        boolean client = reason.mender() == Mender.CLIENT;
        Account account = world.imports(firm, line());
        String key = client ? world.confirmedOnline(account) : world.confirmed(account);
        LocalDate date = world.takeover(key).billingDate();
        platform.refuse(firm.id(), reason);

        world.timePassesTo(date.minusDays(5));
        assertThat(world.happened(key)).contains("REFUSAL_FORESEEN").doesNotContain("SWITCH_REJECTED");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(world.mailKindsOf(key)).containsOnlyOnce("CHANGE_AT_RISK to FIRM");
        String mender = client ? account.client().admin().email() : firm.email();
        assertThat(world.lastTo(mender))
                .contains(words("problem.", reason, Language.EN), words("mend.", reason, Language.EN));
        assertThat(world.mailKindsOf(key).contains("CHANGE_AT_RISK to CLIENT")).isEqualTo(client);

        platform.refuseNoMore(firm.id());
        world.timePassesTo(date.plusDays(1));
        assertThat(world.happened(key)).contains("NO_REFUSAL_FORESEEN").doesNotContain("SWITCH_REJECTED");
        assertThat(world.takeover(key).outcome()).isEqualTo(client ? Outcome.CLIENT_PAYS_ALL : Outcome.FIRM_PAYS_ALL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Rejection.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"CLIENT_.*", "NOT_.*"})
    @DisplayName(
            "S66 is previewed before anybody is asked: the review says who mends it and how, and mended, the case ends switched")
    void previewed(Rejection reason) {
        Language language = reason.ordinal() % 2 == 0 ? Language.EN : Language.FR;
        platform.refuse(firm.id(), reason);
        String key = world.opened(world.imports(firm, line()));
        world.runDue();

        assertThat(shownInReview(language, key)).contains(words("problem.", reason, language));
        if (reason.mender() == Mender.FIRM) {
            assertThat(shownInReview(language, key)).contains(words("mend.", reason, language));
        }
        assertThatThrownBy(() -> world.firmTakesOver(key)).hasMessageContaining(words("problem.", reason, Language.EN));
        assertThat(world.happened(key)).contains("REFUSAL_FORESEEN").doesNotContain("FIRM_TAKES_OVER", "CLIENT_ASKED");

        platform.refuseNoMore(firm.id());
        // Whoever was refused has made that the platform is asked anew at once.
        world.runDue();
        assertThat(world.happened(key)).contains("NO_REFUSAL_FORESEEN");
        world.completesTaken("alice", key, "UserTask_ReviewNewCost", world.takesOver(key));
        world.runDue();
        world.clientAnswers(key, true);
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S66 what the client alone can mend is read to it, and it may answer before it has mended it")
    void previewedToTheClient() {
        platform.refuse(firm.id(), Rejection.CLIENT_PAYMENT_METHOD);
        String key = world.askedOnline(world.imports(firm, line()));
        world.runDue();

        world.clientTelephones("sam", key);
        assertThat(world.shownBy(Language.FR, key, "UserTask_RecordClientAnswer", "question")
                        .get("preview")
                        .toString())
                .contains(words("mend.", Rejection.CLIENT_PAYMENT_METHOD, Language.EN));
        world.clientAnswers(key, true);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName("S64 a platform that does not answer ahead holds up nobody's review or consent")
    void notAnswered() {
        world.platform.isDown(true);
        String key = world.opened(world.imports(firm, line()));
        world.runDue();
        assertThat(shownInReview(Language.EN, key)).contains("has not said yet");
        world.firmTakesOver(key);
        world.clientAnswers(key, true);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName("S66 where the firm makes its changes itself, nothing is known ahead, and the review says so")
    void notKnownByHand() {
        firm = world.firmThatChangesByHand(Language.EN);
        String key = world.opened(world.imports(firm, line()));
        world.runDue();
        assertThat(shownInReview(Language.EN, key)).contains("is not known here");
        world.firmTakesOver(key);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
    }

    private static AccountLine line() {
        return AccountLine.split().billedOn(BILLING_DATE.getDayOfMonth());
    }

    private String shownInReview(Language language, String key) {
        return String.valueOf(
                world.shownBy(language, key, "UserTask_ReviewNewCost", "quote").get("preview"));
    }

    private String detail(String key, String what) {
        return events.of(new TakeoverKey(key)).stream()
                .filter(event -> event.what().equals(what))
                .map(CaseEvent::detail)
                .map(String::valueOf)
                .findFirst()
                .orElseThrow();
    }

    private String words(String prefix, Rejection reason, Language language) {
        return messages.getMessage(prefix + reason, null, language.locale());
    }
}
