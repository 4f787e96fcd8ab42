package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.billing.ForeseeFirstBill;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The firm is billed on the 20th, the client's QuickBooks Time on the 15th, its QuickBooks Online has the 12th. */
@ScenarioTest
@DisplayName("S67 The first bill after a change")
class OneBillScenarios extends Story {

    @Autowired
    ForeseeFirstBill foresee;

    @Test
    @DisplayName(
            "of a firm that takes over is told as its own next one, with days and period, before the change and at it")
    void option1() {
        Account account = world.imports(firm, AccountLine.split());
        String expected = "Your first consolidated bill with QuickBooks Time is to be expected on March 20, 2026: "
                + total(account, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-15", Language.EN)
                + " for this client, taxes included; of QuickBooks Time it has 5 of the 28 days of a period,"
                + " March 15, 2026 to March 19, 2026, and the period from March 20, 2026 to April 19, 2026.";
        String key = world.opened(account);
        assertThat(world.shownBy(key, "UserTask_ReviewNewCost", "quote"))
                .hasEntrySatisfying(
                        "firstBill",
                        said -> assertThat(String.valueOf(said))
                                .contains(
                                        "If the client agrees before March 15, 2026, the payer changes on that day.",
                                        "The firm’s first consolidated bill with QuickBooks Time is to be expected on March 20, 2026"))
                .hasEntrySatisfying(
                        "firstBillLines",
                        lines -> assertThat(String.valueOf(lines))
                                .contains("QuickBooks Time, 5 of 28 days", "March 15, 2026 to March 19, 2026"));
        world.firmTakesOver(key);
        assertThat(lastTo(account.client().admin().email()))
                .contains("If you agree before March 15, 2026, the payer changes on that day.")
                .doesNotContain("consolidated bill");

        world.clientAnswers(key, true);
        world.runDue();
        assertThat(lastTo(firm.email())).contains("On March 15, 2026,", expected);

        world.timePassesTo(LocalDate.of(2026, 3, 16));
        assertThat(textsTo(firm.email()))
                .filteredOn(text -> text.contains("has been part of your wholesale billing since March 15, 2026"))
                .singleElement()
                .satisfies(text -> assertThat(text).contains(expected).doesNotContain("is dated"));
    }

    @Test
    @DisplayName(
            "of a client that takes over is told as its one bill for both products, and the firm what it gets back")
    void option2() {
        firm = world.firm(Language.FR);
        Account account = world.imports(firm, AccountLine.split().with("Language", "French"));
        String own = "Votre première facture pour les deux produits, une seule, est à prévoir le 15 mars 2026\u00a0: "
                + total(account, Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-03-12", Language.FR)
                + ", taxes comprises; pour QuickBooks en ligne, elle compte 3 des 28 jours d’une période,"
                + " du 12 mars 2026 au 14 mars 2026, et la période du 15 mars 2026 au 14 avril 2026.";
        String key = world.askedOnline(account);
        assertThat(lastTo(account.client().admin().email()))
                .contains("Si vous acceptez avant le 12 mars 2026, le payeur change ce jour-là. " + own);

        world.clientTelephones("simon", key);
        assertThat(world.shownBy(Language.FR, key, "UserTask_RecordClientAnswer", "question"))
                .hasEntrySatisfying(
                        "text",
                        read -> assertThat(String.valueOf(read))
                                .contains(
                                        "Votre première facture pour les deux produits, une seule, est à prévoir le 15 mars 2026")
                                .endsWith("vous d’accord?"));

        world.clientAnswers(key, true);
        world.runDue();

        assertThat(lastTo(account.client().admin().email())).contains(own);
        assertThat(lastTo(firm.email()))
                .contains(
                        "Ce qui vous a été facturé d’avance pour QuickBooks en ligne, 8 des 28 jours d’une période, du 12 mars 2026 au 19 mars 2026, est remboursé sur votre facture groupée du 20 mars 2026\u00a0: ");
    }

    @Test
    @DisplayName("is not promised to a client for a yes that would come after its answer counts")
    void agreedInTime() {
        Account account = world.imports(firm, AccountLine.split().billedOn(28));
        String key = world.asked(account);
        String answerUntil = "March 15, 2026";

        assertThat(lastTo(account.client().admin().email()))
                .contains("If you agree by " + answerUntil + ", the payer changes on March 28, 2026.")
                .contains("Your answer counts until the end of " + answerUntil)
                .doesNotContain("If you agree before");
        world.clientTelephones("simon", key);
        assertThat(world.shownBy(key, "UserTask_RecordClientAnswer", "question"))
                .hasEntrySatisfying(
                        "text",
                        read -> assertThat(String.valueOf(read))
                                .contains("by " + answerUntil)
                                .doesNotContain("before March 28"));
    }

    @Test
    @DisplayName("of a firm that works by hand is foreseen from our own data, and so are the days of its proof")
    void byHand() {
        firm = world.firmThatChangesByHand(Language.EN);
        Account account = world.imports(firm, AccountLine.split());
        String key = world.confirmed(account);
        world.runDue();

        assertThat(textsTo(firm.email()))
                .anySatisfy(text -> assertThat(text)
                        .contains(
                                "let the new payer begin on March 15, 2026, not before",
                                "the first bill of the new payer, to be expected on March 20, 2026, shows"));
        assertThat(world.mailKindsOf(key)).contains("CHANGE_BY_HAND to FIRM");
    }

    private String total(Account account, Product moving, Payer newPayer, String changesOn, Language language) {
        return new InWords(language)
                .money(foresee.of(account, moving, newPayer, LocalDate.parse(changesOn))
                        .map(FirstBill::bill)
                        .orElseThrow()
                        .total());
    }

    private String lastTo(String email) {
        List<String> texts = textsTo(email);
        return texts.get(texts.size() - 1);
    }

    private List<String> textsTo(String email) {
        return world.textsTo(email).stream()
                .map(text -> text.replaceAll("\\s+", " "))
                .toList();
    }
}
