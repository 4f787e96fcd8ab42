package org.billingtakeover.security;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Each role finds its work in Tasklist from the first day; without a filter Tasklist shows nothing. */
@Component
class RoleFilters {

    private static final int WEEK = 7;

    private static final List<RoleFilter> FILTERS = List.of(
            new RoleFilter("À examiner / To review", "UserTask_ReviewNewCost", Role.ACCOUNTANT),
            new RoleFilter("À changer à la main / To change by hand", "UserTask_ChangeByHand", Role.ACCOUNTANT),
            new RoleFilter("À annuler à la main / To take back by hand", "UserTask_TakeBackByHand", Role.ACCOUNTANT),
            new RoleFilter("Intégrations à régler / Integrations to set", "UserTask_SetIntegration", Role.ACCOUNTANT),
            new RoleFilter(
                    "Intégrations en retard / Integrations overdue",
                    "UserTask_SeeToIntegration",
                    Role.BILLING_OPERATIONS),
            new RoleFilter("Preuves à chercher / Proofs to look for", "UserTask_LookForProof", Role.BILLING_OPERATIONS),
            new RoleFilter("Premières factures / First bills", "UserTask_CompareFirstBills", Role.BILLING_OPERATIONS),
            new RoleFilter(
                    "Questions ouvertes / Questions that are open", "UserTask_AnswerQuestion", Role.CLIENT_SUPPORT),
            new RoleFilter(
                    "Réponses par téléphone / Answers by phone", "UserTask_RecordClientAnswer", Role.CLIENT_SUPPORT),
            new RoleFilter(
                    "Changements refusés / Rejected switches", "UserTask_ResolveProblem", Role.BILLING_OPERATIONS),
            new RoleFilter("Étapes refusées / Refused steps", "UserTask_ResolveRefusedStep", Role.BILLING_OPERATIONS),
            new RoleFilter(
                    "Courriels non distribuables / Undeliverable mail",
                    "UserTask_ResolveUndeliverableMail",
                    Role.BILLING_OPERATIONS));

    /** What a filter was called in the version before. */
    private static final Map<String, String> CALLED_BEFORE =
            Map.of("Clients à joindre / Waiting for the client", "Réponses par téléphone / Answers by phone");

    /** Its readers see only their own tasks in it, as everywhere. */
    private static final RoleFilter THIS_WEEK = new RoleFilter(
            "D’ici sept jours / Within seven days",
            null,
            Role.ACCOUNTANT,
            Role.CLIENT_SUPPORT,
            Role.BILLING_OPERATIONS);

    /** What stands beside each task; the flow gives the tasks these values. */
    private static final List<Map<String, String>> COLUMNS = List.of(
            Map.of("name", "stopDate", "label", "Arrêt de l’intégration / Integration stops"),
            Map.of("name", "difference", "label", "Par mois / A month"));

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final Clock clock;
    private @Nullable LocalDate weekFrom;

    RoleFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations, Clock clock) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.clock = clock;
    }

    void setUp() {
        CALLED_BEFORE.forEach(this::rename);
        FILTERS.forEach(each -> add(each, tasks.createTaskQuery().taskDefinitionKey(each.task())));
        add(THIS_WEEK, tasks.createTaskQuery());
        moveWeek();
    }

    /** A filter cannot say “within a week” but by an expression, and those are refused; so it is told the day, every day. */
    @Scheduled(cron = "${back-office.week-moved-at}")
    synchronized void moveWeek() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(weekFrom)) {
            return;
        }
        Filter filter =
                filters.createTaskFilterQuery().filterName(THIS_WEEK.name()).singleResult();
        if (filter != null) {
            Instant end = today.plusDays(WEEK + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
            filter.setQuery(tasks.createTaskQuery()
                    .dueBefore(Date.from(end))
                    .orderByDueDate()
                    .asc());
            filters.saveFilter(filter);
        }
        weekFrom = today;
    }

    private void rename(String before, String name) {
        Filter filter = filters.createTaskFilterQuery().filterName(before).singleResult();
        if (filter != null) {
            filter.setName(name);
            filters.saveFilter(filter);
        }
    }

    private void add(RoleFilter each, TaskQuery query) {
        if (filters.createTaskFilterQuery().filterName(each.name()).count() > 0) {
            return;
        }
        Filter filter = filters.newTaskFilter(each.name());
        filter.setQuery(query.orderByDueDate().asc());
        filter.setProperties(Map.of(
                "priority",
                each.roles().get(0).ordinal() + (each.task() == null ? Role.values().length : 0),
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                COLUMNS));
        filters.saveFilter(filter);
        for (Role role : each.roles()) {
            Authorization read = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            read.setGroupId(role.group());
            read.setResource(Resources.FILTER);
            read.setResourceId(filter.getId());
            read.setPermissions(new Permission[] {Permissions.READ});
            authorizations.saveAuthorization(read);
        }
    }

    /** @param task the step whose tasks it shows; null for all */
    private record RoleFilter(String name, @Nullable String task, List<Role> roles) {

        RoleFilter(String name, @Nullable String task, Role... roles) {
            this(name, task, List.of(roles));
        }
    }
}
