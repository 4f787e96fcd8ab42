package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.benchmark.CopiedCases;
import org.billingtakeover.kernel.FirmId;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What people of each role wait for in Tasklist, and auditors in their search, where {@code -Dtasks} questions are open, 16,000 by default, and as many cases stand with
 * the firms. Runs only when asked for: {@code mvn test -Dtest=WaitsBenchmark}.
 */
@ScenarioTest
class WaitsBenchmark {

    private static final int TASKS = Integer.getInteger("tasks", 16_000);
    private static final int FIRMS = 20;
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 20;
    private static final double SHARE = 0.95;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final String ENGINE = "/camunda/api/engine/engine/scenarios/";
    private static final String AS_TASKLIST_ASKS =
            "{\"sorting\":[{\"sortBy\":\"dueDate\",\"sortOrder\":\"asc\"},{\"sortBy\":\"created\",\"sortOrder\":\"asc\"}]}";
    private static final String PAGE = "/list?firstResult=0&maxResults=15";

    @Autowired
    World world;

    @Autowired
    Door door;

    @Autowired
    FilterService filters;

    @Autowired
    IdentityService identities;

    @Test
    void lists() {
        world.todayIs(TODAY);
        String first = "TL-1";
        for (int i = 1; i <= FIRMS; i++) {
            Firm each = door.saved(SampleAccounts.firm("TL-" + i));
            for (String role : List.of("client-support", "billing-operations")) {
                identities.createTenantGroupMembership(each.id().text(), role);
            }
        }
        Firm firm = world.accounts.firm(new FirmId(first));
        // Both originals first: they are told from each other by all that is stored.
        CopiedCases asked = copies(firm, first, 1, true);
        CopiedCases opened = copies(firm, first, TASKS + 1, false);
        asked.copy(3, TASKS - 2);
        opened.copy(TASKS + 3, TASKS - 2);
        // One question after the other, as firms come to ask them.
        world.transaction.executeWithoutResult(status -> world.jdbc.sql("""
                        update act_ru_task t set create_time_ = t.create_time_ - n * interval '1 second'
                        from (select id_, row_number() over (order by id_) as n from act_ru_task) o where o.id_ = t.id_
                        """).update());
        world.transaction.executeWithoutResult(
                status -> world.jdbc.sql("analyze").update());

        waits("client-support", door.inTheEngine("client-support", null));
        waits("accountant", door.inTheEngine("accountant", firm));
        waits("billing-operations", door.inTheEngine("billing-operations", null));
        searches(door.signedIn("auditor", null), firm);
    }

    private CopiedCases copies(Firm firm, String first, int from, boolean isAsked) {
        AccountLine line = AccountLine.split();
        brought(firm, line.with("Company ID", CopiedCases.company(from)), isAsked);
        String company = CopiedCases.company(from + 1);
        AccountLine original = AccountLine.split()
                .with("Company ID", company)
                .with("Company name", "Client " + company)
                .with("Admin email", company + "@client.example");
        return new CopiedCases(
                world.jdbc, world.transaction, () -> brought(firm, original, isAsked), company, first, FIRMS);
    }

    private String brought(Firm firm, AccountLine line, boolean isAsked) {
        String key = isAsked ? world.asked(world.imports(firm, line)) : world.opened(world.imports(firm, line));
        world.runDue();
        return key;
    }

    private void waits(String role, Visitor visitor) {
        System.out.println(
                visitor.get(ENGINE + "filter?resourceType=Task&itemCount=true").body());
        measure(
                role + ", filters with their numbers",
                () -> visitor.get(ENGINE + "filter?resourceType=Task&itemCount=true"));
        filters.createTaskFilterQuery().list().forEach(filter -> {
            String address = ENGINE + "filter/" + filter.getId() + PAGE;
            if (visitor.postJson(address, AS_TASKLIST_ASKS).statusCode() == 200) {
                measure(role + ", " + filter.getName(), () -> visitor.postJson(address, AS_TASKLIST_ASKS));
            }
        });
    }

    /** By words that all clients have in their names, some, one and none, and by what else an auditor asks for. */
    private static void searches(Visitor auditor, Firm firm) {
        for (String search : List.of(
                "text=Client",
                "text=Client+zq1",
                "text=" + CopiedCases.company(TASKS),
                "text=nobody",
                "text=Client&firm=" + firm.id().text(),
                "text=Client&outcome=OPEN",
                "text=Client&actor=platform",
                "actor=platform",
                "")) {
            measure("auditor, /audit?" + search, () -> auditor.get("/audit?" + search));
        }
    }

    private static void measure(String what, Supplier<HttpResponse<String>> request) {
        long[] nanos = new long[ROUNDS];
        int length = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = request.get();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
            }
            length = answer.body().length();
            assertThat(answer.statusCode()).as(what).isEqualTo(200);
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-70s median %6.0f ms, p95 %6.0f ms, %,d characters%n",
                what, nanos[ROUNDS / 2] / 1e6, nanos[(int) (ROUNDS * SHARE)] / 1e6, length);
    }
}
