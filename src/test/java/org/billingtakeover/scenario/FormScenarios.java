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
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ScenarioTest
@DisplayName("Forms of staff show what is there")
class FormScenarios {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    World world;

    private Firm firm;

    @BeforeEach
    void given() {
        world.todayIs(LocalDate.of(2026, 3, 2));
        firm = world.firm();
    }

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

    @Test
    @DisplayName("A task is named and described in the firm's language")
    void languageOfTasks() {
        String english = world.opened(split());
        String french = world.opened(world.imports(world.firm(Language.FR), AccountLine.split()));

        assertThat(world.task(english, "UserTask_ReviewNewCost").getName()).endsWith(": review new cost");
        assertThat(world.task(english, "UserTask_ReviewNewCost").getDescription())
                .startsWith("See the new cost");
        assertThat(world.task(french, "UserTask_ReviewNewCost").getName()).endsWith("\u00a0: examiner le nouveau coût");
        assertThat(world.task(french, "UserTask_ReviewNewCost").getDescription())
                .startsWith("Voyez le nouveau coût");
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
