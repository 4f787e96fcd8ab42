package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Map;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.FilterService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A list of tasks is asked for every few seconds by everybody who works in Tasklist. */
@ScenarioTest
@DisplayName("A page of tasks")
class StatementsOfListTest {

    private static final String ENGINE = "/camunda/api/engine/engine/scenarios/";
    private static final int MANY = 4;

    @Autowired
    World world;

    @Autowired
    Door door;

    @Autowired
    FilterService filters;

    @Autowired
    HikariDataSource database;

    @Test
    @DisplayName("takes no more SQL statements than one task, with its form and its stop date in the reader's words")
    void statements() {
        world.begins(LocalDate.of(2026, 3, 2));
        Firm firm = door.saved(world.firm());
        for (int i = 0; i < MANY; i++) {
            world.asked(world.imports(firm, AccountLine.split().with("Stop date", "2026-06-30")));
        }
        Visitor support = door.inTheEngine("client-support", firm);
        support.get(ENGINE + "filter?resourceType=Task");
        String questions = filters.createTaskFilterQuery()
                .filterNameLike("%Questions that are open")
                .singleResult()
                .getId();

        try (ServerStatements statements = new ServerStatements(database)) {
            statements.count();
            Map<String, Long> one = statements.sentWhile(() -> page(support, questions, 1));
            Map<String, Long> many = statements.sentWhile(() -> page(support, questions, MANY));

            assertThat(sum(many))
                    .as("%s, and of one task: %s", many, one)
                    .isEqualTo(sum(one))
                    .isPositive();
        }
    }

    private static long sum(Map<String, Long> statements) {
        return statements.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void page(Visitor visitor, String filter, int tasks) {
        HttpResponse<String> page =
                visitor.postJson(ENGINE + "filter/" + filter + "/list?firstResult=0&maxResults=" + tasks, "{}");
        assertThat(page.body().split("answer-question\\.en|\"name\":\"stopDate\"", -1))
                .hasSize(1 + 2 * tasks);
    }
}
