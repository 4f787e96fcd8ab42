package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("Jobs that run together")
class DueTogetherTest {

    @Autowired
    Door door;

    @Autowired
    ManagementService management;

    @Autowired
    ProcessEngine engine;

    @Test
    @DisplayName("are handed out firm by firm in one order, so that no two groups wait for each other in a circle")
    void firmByFirm() {
        Firm one = door.firm("A");
        Firm other = door.firm("B");
        String first = jobOf(one, "1");
        String second = jobOf(other, "1");
        String third = jobOf(one, "2");
        String fourth = jobOf(other, "2");

        assertThat(inTurn(fourth, first, second, third)).containsExactly(first, third, fourth, second);
        assertThat(inTurn(third, second, fourth, first)).containsExactly(third, first, second, fourth);
    }

    private String jobOf(Firm firm, String digit) {
        String key = door.opened(door.client(firm, digit));
        return management.createJobQuery().tenantIdIn(firm.id().text()).list().stream()
                .filter(job -> isOf(key, job))
                .map(Job::getId)
                .findFirst()
                .orElseThrow();
    }

    private boolean isOf(String key, Job job) {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .processInstanceBusinessKey(key)
                        .count()
                > 0;
    }

    private Stream<String> inTurn(String... jobs) {
        return DueTogether.byFirm(Stream.of(jobs).map(List::of).toList(), (ProcessEngineImpl) engine).stream()
                .flatMap(List::stream);
    }
}
