package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("Expressions")
class ExpressionsTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String TRACE = "an expression ran";

    /** Leaves a trace in the product, if it runs. */
    private static final String CODE = "${''.getClass().forName('java.lang.System')"
            + ".getMethod('setProperty',''.getClass(),''.getClass()).invoke(null,'" + TRACE + "','yes')}";

    @Autowired
    FilterService filters;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Door door;

    private Visitor accountant;
    private Visitor admin;

    @BeforeEach
    void signIn() {
        System.clearProperty(TRACE);
        accountant = door.inTheEngine("accountant", null);
        admin = door.inTheEngine("admin");
    }

    /** The engine reads a filter before it deletes one, and refuses to read these. */
    @AfterEach
    void forgetFilters() {
        transaction.executeWithoutResult(status -> jdbc.sql("delete from act_ru_filter where name_ = ?")
                .param("a test's")
                .update());
    }

    static Stream<String> queries() {
        return Stream.of("assigneeExpression", "candidateUserExpression", "dueDateExpression", "createdAfterExpression")
                .map(field -> "{\"" + field + "\":\"" + CODE + "\"}")
                .flatMap(query -> Stream.of(
                        query,
                        "{\"orQueries\":[" + query + "]}",
                        "{\"orQueries\":[{},{\"name\":\"a\"}," + query + "]}"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    @DisplayName("in a query for tasks never run, at the top or nested")
    void inQueries(String query) {
        for (String path : List.of("/task", "/task/count", "/task?firstResult=0&maxResults=5")) {
            assertRefused(accountant, path, query);
            assertRefused(admin, path, query);
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    @DisplayName("in what extends a stored filter never run, at the top or nested")
    void inExtensions(String query) {
        String ofRole = filterOfAccountants();

        for (String path : List.of("/count", "/list", "/singleResult", "/list?firstResult=0&maxResults=5")) {
            assertRefused(accountant, "/filter/" + ofRole + path, query);
            assertRefused(admin, "/filter/" + ofRole + path, query);
        }
    }

    @Test
    @DisplayName("in a filter that was stored never run, and only nested ones can be stored")
    void inStoredFilters() {
        Filter filter = filters.newTaskFilter("a test's");
        filter.setQuery(
                tasks.createTaskQuery().or().taskAssigneeExpression(CODE).endOr());
        String id = filters.saveFilter(filter).getId();

        assertThatThrownBy(() -> filters.list(id)).isInstanceOf(BadUserRequestException.class);
        assertThatThrownBy(() -> filters.count(id)).isInstanceOf(BadUserRequestException.class);
        for (String path : List.of("/count", "/list", "/singleResult")) {
            assertRefused(admin, "/filter/" + id + path, "{}");
        }
        assertThat(System.getProperty(TRACE)).isNull();
        assertRefused(
                admin,
                "/filter/create",
                "{\"resourceType\":\"Task\",\"name\":\"a test's\",\"properties\":{},\"query\":{\"assigneeExpression\":\""
                        + CODE + "\"}}");
    }

    @Test
    @DisplayName("cannot be stored by staff, who make, change and delete no filters at all")
    void noFiltersByStaff() {
        String ofRole = filterOfAccountants();
        String filter = "{\"resourceType\":\"Task\",\"name\":\"a test's\",\"query\":{},\"properties\":{}}";

        for (String group : List.of(
                "accountant", "client-support", "billing-operations", "process-owner", "auditor", "camunda-admin")) {
            Visitor staff = door.inTheEngine(group, null);
            assertThat(staff.postJson(ENGINE + "/filter/create", filter).statusCode())
                    .as(group)
                    .isEqualTo(403);
            assertThat(staff.sendJson("PUT", ENGINE + "/filter/" + ofRole, filter)
                            .statusCode())
                    .as(group)
                    .isEqualTo(403);
            assertThat(staff.sendJson("DELETE", ENGINE + "/filter/" + ofRole, "")
                            .statusCode())
                    .as(group)
                    .isEqualTo(403);
        }
        assertThat(filterOfAccountants()).isEqualTo(ofRole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("never run either where the product itself asks")
    void inTheProduct(boolean nested) {
        TaskQuery query = nested
                ? tasks.createTaskQuery().or().taskAssigneeExpression(CODE).endOr()
                : tasks.createTaskQuery().taskAssigneeExpression(CODE);

        assertThatThrownBy(query::list).isInstanceOf(BadUserRequestException.class);
        assertThatThrownBy(() -> filters.list(filterOfAccountants(), query))
                .isInstanceOf(BadUserRequestException.class);
        assertThat(System.getProperty(TRACE)).isNull();
    }

    @Test
    @DisplayName("are not needed: Tasklist extends the filters of a role with plain values")
    void plainExtensions() {
        String ofRole = filterOfAccountants();

        assertThat(accountant
                        .postJson(
                                ENGINE + "/filter/" + ofRole + "/list?firstResult=0&maxResults=15",
                                "{\"active\":true,\"orQueries\":[{\"nameLike\":\"%new%\",\"assignee\":\"nobody\"}]}")
                        .statusCode())
                .isEqualTo(200);
    }

    private String filterOfAccountants() {
        return filters.createFilterQuery()
                .filterNameLike("%To review%")
                .singleResult()
                .getId();
    }

    private void assertRefused(Visitor visitor, String path, String query) {
        assertThat(visitor.postJson(ENGINE + path, query).statusCode()).as(path).isEqualTo(403);
        assertThat(System.getProperty(TRACE)).as(path + " " + query).isNull();
    }
}
