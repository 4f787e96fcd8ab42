package org.billingtakeover.security;

import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who leaves, or changes role or firm, holds no task that only others may work on: it goes back to its group. */
@Component
class TasksOfLeavers {

    private static final String HELD_BY_NO_MEMBER = """
            select t.* from act_ru_task t
            where t.assignee_ is not null
              and exists (select from act_ru_identitylink c where c.task_id_ = t.id_ and c.type_ = 'candidate')
              and not exists (
                select from act_id_membership m
                join act_ru_identitylink c on c.group_id_ = m.group_id_ and c.task_id_ = t.id_ and c.type_ = 'candidate'
                where m.user_id_ = t.assignee_
                  and (t.tenant_id_ is null or exists (
                    select from act_id_tenant_member f
                    where f.tenant_id_ = t.tenant_id_ and (f.user_id_ = m.user_id_ or f.group_id_ = m.group_id_))))
            """;

    private final TaskService tasks;

    TasksOfLeavers(TaskService tasks) {
        this.tasks = tasks;
    }

    /** Whichever way somebody lost the role. What they did stays in the history, and so does who held the task. */
    @Scheduled(cron = "${back-office.leavers.looked-for-at}")
    @Transactional
    public void giveBack() {
        List<Task> held = tasks.createNativeTaskQuery().sql(HELD_BY_NO_MEMBER).list();
        held.forEach(task -> tasks.setAssignee(task.getId(), null));
    }
}
