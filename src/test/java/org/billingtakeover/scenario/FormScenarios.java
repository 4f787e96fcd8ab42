package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ScenarioTest
@DisplayName("Forms of staff show what is there")
class FormScenarios extends Story {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String REVIEW = "UserTask_ReviewNewCost";

    @Test
    @DisplayName("The accountant's form names nothing that is not in the quote")
    void review() throws IOException {
        String key = world.opened(split());

        showsWhatIsThere(key, "UserTask_ReviewNewCost", "review-new-cost", "quote");
    }

    @Test
    @DisplayName("The form of client support names nothing that is not in the question")
    void clientAnswer() throws IOException {
        String key = world.asked(split());

        showsWhatIsThere(key, "UserTask_AnswerQuestion", "answer-question", "question");
        world.clientTelephones("simon", key);
        showsWhatIsThere(key, "UserTask_RecordClientAnswer", "record-client-answer", "question");
    }

    @Test
    @DisplayName("The form for a change that could not be made names nothing that is not in the problem")
    void problem() throws IOException {
        String key = world.confirmed(split());
        world.card(firm, false);
        world.timePassesTo(LocalDate.of(2026, 4, 15));

        showsWhatIsThere(key, "UserTask_ResolveProblem", "resolve-problem", "problem");
    }

    @Test
    @DisplayName("The form for a mail that could not be delivered names nothing that is not in the mail")
    void mail() throws IOException {
        Account account = split();
        world.addressBehindOurBack(account, "nobody at home");
        String key = world.asked(account);

        showsWhatIsThere(key, "UserTask_ResolveUndeliverableMail", "resolve-undeliverable-mail", "mail");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "A task of whichever firm keeps codes and amounts, and its form and what it shows are in the reader's language")
    void languageOfTheReader(Language ofFirm) throws IOException {
        Account account = world.imports(world.firm(ofFirm), AccountLine.split());
        String key = world.opened(account);

        assertThat(world.task(key, REVIEW).getName()).isEqualTo(account.client().name());
        assertThat(world.keptBy(key, REVIEW, "quote"))
                .containsEntry("stopDate", "2026-04-01")
                .hasEntrySatisfying(
                        "difference", amount -> assertThat(amount.toString()).matches("\\d+\\.\\d\\d CAD"));
        assertThat(world.formRead(Language.EN, key, REVIEW)).contains("What the firm pays");
        assertThat(world.formRead(Language.FR, key, REVIEW)).contains("Ce que paie le cabinet");
        assertThat(world.shownBy(Language.EN, key, REVIEW, "quote").toString())
                .contains("April 1, 2026", "The firm pays");
        assertThat(world.shownBy(Language.FR, key, REVIEW, "quote").toString())
                .contains("1er avril 2026", "Le cabinet paie");
    }

    @Test
    @DisplayName("S32 A review that comes back says what has risen, from what to what, in the reader's language")
    void whatHasRisen() {
        AccountLine line = AccountLine.split();
        String key = world.opened(world.imports(firm, line));
        String before = world.inWords(world.quote(key).after(Payer.FIRM));
        assertThat(world.shownBy(key, REVIEW, "quote")).containsEntry("rise", "");
        world.firmTakesOver(key);

        world.imports(firm, line.with("Time users", "25"));
        world.runDue();

        String after = world.inWords(world.quote(key).after(Payer.FIRM));
        assertThat(world.shownBy(key, REVIEW, "quote"))
                .containsEntry(
                        "rise",
                        "What the firm pays a month after the change has risen from " + before + " to " + after + ".");
        assertThat(world.shownBy(Language.FR, key, REVIEW, "quote").get("rise").toString())
                .startsWith("Ce que le cabinet paie par mois après le changement est passé de ");
    }

    @Test
    @DisplayName("S4 The accountant sees both options and separate bills beside each other, in the reader's language")
    void bothOptionsSideBySide() {
        Account account = split();
        world.earned(account, "120.00");
        String key = world.opened(account);

        assertThat(world.shownBy(Language.EN, key, REVIEW, "quote")
                        .get("compared")
                        .toString())
                .contains(
                        "The payer changes on",
                        "March 15, 2026",
                        "March 12, 2026",
                        "ProAdvisor preferred price",
                        "Wholesale discount ends",
                        "Commission balance of $120.00",
                        "Stops on April 1, 2026");
        assertThat(world.shownBy(Language.FR, key, REVIEW, "quote")
                        .get("compared")
                        .toString())
                .contains("15 mars 2026", "S’interrompt le 1er avril 2026");
    }

    @Test
    @DisplayName("A stop date that has passed without a stop is not shown as one that is to come")
    void dateThatNoLongerHolds() {
        Account account = split();
        String key = world.opened(account);
        world.accounts.changeIntegration(
                account.client().id(), new Integration(IntegrationStatus.ACTIVE, LocalDate.of(2026, 2, 20)));

        assertThat(world.shownBy(key, REVIEW, "quote")).containsEntry("integration", "");
    }

    private Account split() {
        return world.imports(firm, AccountLine.split());
    }

    private void showsWhatIsThere(String key, String task, String form, String variable) throws IOException {
        Map<String, Object> shown = world.shownBy(key, task, variable);
        for (String language : List.of("en", "fr")) {
            String text = world.formOf(form + "." + language);
            assertThat(named(variable, text))
                    .as(form + "." + language)
                    .isNotEmpty()
                    .isSubsetOf(shown.keySet());
            for (JsonNode table : JSON.readTree(text).findParents("columns")) {
                if (table.has("dataSource")) {
                    rowsHaveTheColumnsOf(table, shown, variable);
                }
            }
        }
    }

    /** Whatever is behind {@code variable.} in a placeholder or an expression. */
    private static List<String> named(String variable, String form) {
        return Pattern.compile("(?:\\{\\{|\"=)" + variable + "\\.([A-Za-z]+)")
                .matcher(form)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }

    private static void rowsHaveTheColumnsOf(JsonNode table, Map<String, Object> shown, String variable) {
        List<String> columns = table.path("columns").findValuesAsText("key");
        String rows = table.path("dataSource").asText().replace("=" + variable + ".", "");

        assertThat(JSON.<JsonNode>valueToTree(shown).path(rows))
                .as(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.fieldNames()).toIterable().containsAll(columns));
    }
}
