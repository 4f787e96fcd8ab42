package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;
import static org.billingtakeover.takeover.House.clientsWayOffered;
import static org.billingtakeover.takeover.House.offeredToClient;
import static org.billingtakeover.takeover.House.opened;
import static org.billingtakeover.takeover.House.quoted;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.CompareWays.Line;
import org.billingtakeover.takeover.CompareWays.SideBySide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Both options side by side")
class CompareWaysTest {

    private static final InWords ENGLISH = new InWords(Language.EN);

    private final House house = new House();

    @Test
    @DisplayName(
            "show the firm who pays what, from when, at which discount, and what becomes of commission and integration")
    void forTheFirm() {
        given(opened(), quoted());
        Quote firmTakesTime = house.file().quote().orElseThrow();
        Quote clientTakesOnline = house.estimate(Way.CLIENT_TAKES_ONLINE);

        SideBySide compared = house.compared(Payer.FIRM, Language.EN);

        assertThat(compared.heads())
                .containsExactly("Option 1: the firm pays both", "Option 2: the client pays both", "Leave separate");
        assertThat(compared.lines())
                .startsWith(
                        month("The firm pays a month, with taxes", Payer.FIRM, 1, firmTakesTime, clientTakesOnline),
                        month("Over twelve months", Payer.FIRM, 12, firmTakesTime, clientTakesOnline),
                        month("The client pays a month, with taxes", Payer.CLIENT, 1, firmTakesTime, clientTakesOnline),
                        month("Over twelve months", Payer.CLIENT, 12, firmTakesTime, clientTakesOnline),
                        new Line("The payer changes on", "March 20, 2026", "March 12, 2026", "Never"));
        assertThat(compared.lines().get(5)).satisfies(price -> {
            assertThat(price.first()).startsWith("ProAdvisor preferred price: $");
            assertThat(price.second()).startsWith("Wholesale discount ends: $");
        });
        assertThat(compared.lines().get(6)).satisfies(bill -> {
            assertThat(bill.first()).startsWith("April 15, 2026: $").endsWith(" to the firm");
            assertThat(bill.second()).startsWith("March 20, 2026: $").endsWith(" to the client");
            assertThat(bill.separate()).isEqualTo("As now");
        });
        assertThat(compared.lines())
                .endsWith(
                        new Line(
                                "Commission balance of $120.00",
                                "Paid out at the change, whatever its size",
                                "Stays on the balance",
                                "Stays on the balance"),
                        new Line("Integration", "Goes on", "Goes on", "Stops on June 30, 2026"));
    }

    @Test
    @DisplayName(
            "show the client its own option first where that is what it is asked, and nothing that is the firm's alone")
    void forTheClient() {
        house.clients.firm(House.without(house.clients.account.firm(), "payment method"));
        given(clientsWayOffered(), offeredToClient());

        SideBySide compared = house.compared(Payer.CLIENT, Language.EN);

        assertThat(compared.heads())
                .containsExactly("Option 2: you pay both", "Option 1: your firm pays both", "Leave separate");
        assertThat(compared.lines())
                .extracting(Line::what)
                .containsExactly(
                        "You pay a month, with taxes",
                        "Over twelve months",
                        "The payer changes on",
                        "Discount, a month before taxes",
                        "First bill after the change, with taxes",
                        "Integration",
                        "Possible today");
        assertThat(compared.lines())
                .contains(new Line("Possible today", "Yes", "No", "Yes"))
                .extracting(Line::second)
                .contains("ProAdvisor preferred price for the firm", "None to you");
    }

    @Test
    @DisplayName("say to the firm why an option is not possible today, and where its cost is not known")
    void whatStandsAgainst() {
        given(opened(), quoted());
        house.clients.change(inPayroll(house.account().time()));
        house.plans.remove("PLUS");

        assertThat(house.compared(Payer.FIRM, Language.EN).lines())
                .extracting(Line::second)
                .contains("Not known");
        assertThat(house.compared(Payer.FIRM, Language.EN).lines())
                .last()
                .satisfies(possible -> assertThat(List.of(possible.first(), possible.second()))
                        .allSatisfy(why -> assertThat(why).contains("included in a payroll plan")));
    }

    @Test
    @DisplayName("say what becomes of an integration that has stopped, in the reader's language")
    void stoppedIntegration() {
        house.clients.integration(new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 2, 20)));
        given(opened(), quoted());

        assertThat(house.compared(Payer.FIRM, Language.FR).lines())
                .contains(new Line("Intégration", "Reprend", "Reprend", "Reste interrompue"));
    }

    private static Subscription inPayroll(Subscription time) {
        return like(time, "includedInPayroll", true);
    }

    private static Line month(String what, Payer payer, int months, Quote first, Quote second) {
        return new Line(
                what,
                ENGLISH.money(first.after(payer).times(months)),
                ENGLISH.money(second.after(payer).times(months)),
                ENGLISH.money(first.before(payer).times(months)));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // They are read.
    private void given(Consumer<House>... happened) {
        List.of(happened).forEach(each -> each.accept(house));
    }
}
