package org.billingtakeover.takeover.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.TasksOfStaff;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds, takes and hands over the tasks that the engine keeps. */
@Component
class TasksInEngine implements TasksOfStaff {

    private final Engine engine;
    private final TaskService tasks;
    private final HistoryService history;
    private final IdentityService identities;

    TasksInEngine(
            Engine engine, @Lazy TaskService tasks, @Lazy HistoryService history, @Lazy IdentityService identities) {
        this.engine = engine;
        this.tasks = tasks;
        this.history = history;
        this.identities = identities;
    }

    @Override
    public Optional<Waiting> waiting(TakeoverKey key, StaffMember who) {
        return find(key, who).map(task -> new Waiting(task.getId(), task.getAssignee()));
    }

    @Override
    @Transactional
    public Optional<Waiting> take(TakeoverKey key, StaffMember who) {
        return find(key, who).map(task -> {
            if (task.getAssignee() == null) {
                engine.as(who.id(), task.getTenantId(), () -> tasks.claim(task.getId(), who.id()));
                return new Waiting(task.getId(), who.id());
            }
            return new Waiting(task.getId(), task.getAssignee());
        });
    }

    /** Of several, the one that is due first. */
    private Optional<Task> find(TakeoverKey key, StaffMember who) {
        return engine.asProduct(() -> worksOn(who.id())
                .flatMap(query -> query.processInstanceBusinessKey(key.text()).orderByDueDate().asc().list().stream()
                        .findFirst()));
    }

    @Override
    public Optional<Subject> about(String task, StaffMember who) {
        return engine.asProduct(() -> worksOn(who.id())
                .map(query -> query.taskId(task).singleResult())
                .map(Task::getProcessInstanceId)
                .or(() -> doneBy(who, task))
                .map(instance -> history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getBusinessKey())
                .map(Subject::of));
    }

    private Optional<String> doneBy(StaffMember who, String task) {
        return Optional.ofNullable(history.createHistoricTaskInstanceQuery()
                        .taskId(task)
                        .taskAssignee(who.id())
                        .singleResult())
                .map(HistoricTaskInstance::getProcessInstanceId);
    }

    @Override
    public int held(StaffMember who) {
        return engine.asProduct(() ->
                Math.toIntExact(tasks.createTaskQuery().taskAssignee(who.id()).count()));
    }

    @Override
    public List<Colleague> colleagues(StaffMember who) {
        return engine.asProduct(() -> groupsOf(who.id()).stream()
                .flatMap(group -> inFirmOf(who, identities.createUserQuery().memberOfGroup(group)).list().stream())
                .filter(user -> !user.getId().equals(who.id()))
                .map(TasksInEngine::colleague)
                .distinct()
                .sorted(Comparator.comparing(Colleague::name).thenComparing(Colleague::user))
                .toList());
    }

    private static UserQuery inFirmOf(StaffMember who, UserQuery users) {
        return who.firmId() == null ? users : users.memberOfTenant(who.firmId().text());
    }

    private static Colleague colleague(User user) {
        return new Colleague(user.getId(), user.getFirstName() + " " + user.getLastName());
    }

    @Override
    @Transactional
    public int handOver(StaffMember who, String colleague) {
        if (colleagues(who).stream().noneMatch(each -> each.user().equals(colleague))) {
            throw new Refusal("noColleague");
        }
        List<Task> handed = engine.asProduct(() -> worksOn(colleague)
                .map(query -> query.taskAssignee(who.id()).list())
                .orElse(List.of()));
        handed.forEach(
                task -> engine.as(who.id(), task.getTenantId(), () -> tasks.setAssignee(task.getId(), colleague)));
        return handed.size();
    }

    /** The tasks that a person may work on, taken or not; empty for who has no role or firm. */
    private Optional<TaskQuery> worksOn(String user) {
        List<String> groups = groupsOf(user);
        String[] firms = identities.createTenantQuery().userMember(user).includingGroupsOfUser(true).list().stream()
                .map(Tenant::getId)
                .toArray(String[]::new);
        return groups.isEmpty() || firms.length == 0
                ? Optional.empty()
                : Optional.of(tasks.createTaskQuery()
                        .taskCandidateGroupIn(groups)
                        .includeAssignedTasks()
                        .tenantIdIn(firms));
    }

    private List<String> groupsOf(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
    }
}
