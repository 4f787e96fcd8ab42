package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

@ScenarioTest
@DisplayName("What the platform refuses")
class RejectionScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    PlatformDesk platform;

    @Autowired
    MessageSource messages;

    @ParameterizedTest
    @EnumSource(Rejection.class)
    @DisplayName(
            "S66 when it is booked is told, with how to mend it, to whoever can, in their language; mended, the payer changes on the day that was agreed")
    void mended(Rejection reason) {
        Language language = reason.ordinal() % 2 == 0 ? Language.EN : Language.FR;
        firm = world.firm(language);
        boolean clientIsToPay = reason.mender() == Mender.CLIENT;
        Account account = world.imports(
                firm, AccountLine.split().with("Language", language.name()).billedOn(BILLING_DATE.getDayOfMonth()));
        platform.refuse(firm.id(), reason);

        String key = clientIsToPay ? world.confirmedOnline(account) : world.confirmed(account);
        LocalDate due = world.takeover(key).billingDate();

        String toFirm = world.lastTo(firm.email());
        String toClient = world.lastTo(account.client().admin().email());
        switch (reason.mender()) {
            case FIRM -> {
                assertThat(toFirm)
                        .contains(sentence("problem.", reason, language), sentence("mend.", reason, language));
                assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
            }
            case CLIENT -> {
                assertThat(toClient)
                        .contains(sentence("problem.", reason, language), sentence("mend.", reason, language));
                assertThat(toFirm).contains(sentence("problem.", reason, language));
                assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
            }
            case BILLING_OPERATIONS -> {
                assertThat(toFirm).contains(sentence("problem.", reason, language));
                assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
                assertThat(world.shownBy(language, key, "UserTask_ResolveProblem", "problem"))
                        .containsEntry("reason", sentence("problem.", reason, language))
                        .containsEntry(
                                "mend", messages.getMessage("problem." + reason + ".mend", null, language.locale()));
            }
        }

        assertThat(sentence("audit.obstacle.", reason, language)).isNotBlank();
        assertThat(messages.getMessage("ineligible." + reason, null, null, language.locale()))
                .as("a code is of the platform or of a table, and not of both")
                .isNull();
        platform.refuseNoMore(firm.id());
        if (reason.mender() == Mender.BILLING_OPERATIONS) {
            world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
            world.runDue();
        }
        world.timePassesTo(due);
        assertThat(world.payerOn(key, clientIsToPay ? Product.QUICKBOOKS_ONLINE : Product.QUICKBOOKS_TIME, due))
                .as("the payer on the day that was agreed")
                .isEqualTo(clientIsToPay ? Payer.CLIENT : Payer.FIRM);
        assertThat(world.takeover(key).outcome())
                .isEqualTo(clientIsToPay ? Outcome.CLIENT_PAYS_ALL : Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S66 what is tried again tomorrow is not announced as a change that comes")
    void notAnnounced() {
        world.watchesDaily();
        platform.refuse(firm.id(), Rejection.CLIENT_PAST_DUE);
        String key =
                world.confirmedOnline(world.imports(firm, AccountLine.split().billedOn(BILLING_DATE.getDayOfMonth())));

        world.timePassesTo(TODAY.plusDays(1));
        assertThat(world.mailKindsOf(key)).contains("NOT_CHANGED to CLIENT").doesNotContain("CHANGE_COMES to CLIENT");
        platform.refuseNoMore(firm.id());
        world.timePassesTo(world.takeover(key).billingDate());

        assertThat(world.mailKindsOf(key)).containsOnlyOnce("CHANGE_COMES to CLIENT");
    }

    private String sentence(String prefix, Rejection reason, Language language) {
        Locale locale = language.locale();
        return messages.getMessage(prefix + reason, null, locale).replaceAll("\\s+", " ");
    }
}
