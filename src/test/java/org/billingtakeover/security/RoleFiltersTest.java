package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("The lists of tasks in Tasklist")
class RoleFiltersTest {

    private static final String FILTERS = "/camunda/api/engine/engine/default/filter";

    @Autowired
    OpenTakeover open;

    @Autowired
    FilterService filters;

    @Autowired
    TaskService tasks;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    RoleFilters roleFilters;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    private Visitor accountant;
    private String task;

    @BeforeEach
    void givenATask() {
        door.opens();
        Firm firm = door.firm("L");
        Account client = door.client(firm, "5");
        setUpIdentities.setUp();
        roleFilters.moveWeek();
        String key = door.opened(client);
        task = door.task(key).getId();
        accountant = door.inTheEngine("accountant", firm);
    }

    @Test
    @DisplayName("are those of the reader's role")
    void ofTheRole() {
        assertThat(accountant.get(FILTERS + "?itemCount=false").body())
                .contains("To review", "Within seven days")
                .doesNotContain(
                        "Rejected switches", "Undeliverable mail", "Questions that are open", "Answers by phone");
    }

    @Test
    @DisplayName("keep their readers when they get another name")
    void renamed() {
        Filter calls = filters.createTaskFilterQuery()
                .filterNameLike("%Answers by phone")
                .singleResult();
        calls.setName("Clients à joindre / Waiting for the client");
        filters.saveFilter(calls);

        setUpIdentities.setUp();

        assertThat(filters.createTaskFilterQuery()
                        .filterNameLike("%Answers by phone")
                        .singleResult()
                        .getId())
                .isEqualTo(calls.getId());
        assertThat(filters.createTaskFilterQuery()
                        .filterNameLike("%Waiting for the client")
                        .count())
                .isZero();
    }

    @Test
    @DisplayName("show beside each client when the integration stops, and what changes a month, in the reader's words")
    void columns() {
        String list = accountant
                .postJson(FILTERS + "/" + filter("%To review%") + "/list", "{}")
                .body();

        assertThat(list).contains(task);
        assertThat(accountant.get(FILTERS + "/" + filter("%To review%")).body())
                .contains("\"name\":\"stopDate\"", "\"name\":\"difference\"");
        assertThat(list).contains("\"value\":\"June 30, 2026\"", "\"value\":\"+$");
    }

    @Test
    @DisplayName("tell on each day what is due within seven days")
    void week() {
        assertThat(within("2026-03-02T23:00:00Z")).doesNotContain(task);
        assertThat(within("2026-03-24T05:00:00Z")).doesNotContain(task);
        assertThat(within("2026-03-25T05:00:00Z")).contains(task);
    }

    private String within(String now) {
        clock.set(Instant.parse(now));
        roleFilters.moveWeek();
        return accountant
                .postJson(FILTERS + "/" + filter("%Within seven days%") + "/list", "{}")
                .body();
    }

    private String filter(String name) {
        return filters.createFilterQuery().filterNameLike(name).singleResult().getId();
    }
}
