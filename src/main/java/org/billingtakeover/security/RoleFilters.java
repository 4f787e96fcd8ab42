package org.billingtakeover.security;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.springframework.stereotype.Component;

/** Each role finds its work in Tasklist from the first day; without a filter Tasklist shows nothing. */
@Component
class RoleFilters {

    private record RoleFilter(Role role, String name, String task) {}

    private static final List<RoleFilter> FILTERS = List.of(
            new RoleFilter(Role.ACCOUNTANT, "À examiner / To review", "UserTask_ReviewNewCost"),
            new RoleFilter(
                    Role.CLIENT_SUPPORT, "Clients à joindre / Waiting for the client", "UserTask_RecordClientAnswer"),
            new RoleFilter(
                    Role.BILLING_OPERATIONS, "Changements refusés / Rejected switches", "UserTask_ResolveProblem"),
            new RoleFilter(
                    Role.BILLING_OPERATIONS,
                    "Courriels non distribuables / Undeliverable mail",
                    "UserTask_ResolveUndeliverableMail"));

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;

    RoleFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
    }

    void setUp() {
        for (RoleFilter each : FILTERS) {
            if (filters.createTaskFilterQuery().filterName(each.name()).count() == 0) {
                add(each);
            }
        }
    }

    private void add(RoleFilter each) {
        Filter filter = filters.newTaskFilter(each.name());
        filter.setQuery(tasks.createTaskQuery()
                .taskDefinitionKey(each.task())
                .orderByDueDate()
                .asc());
        filter.setProperties(
                Map.of("priority", each.role().ordinal(), "refresh", true, "showUndefinedVariable", false));
        filters.saveFilter(filter);
        Authorization read = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        read.setGroupId(each.role().group());
        read.setResource(Resources.FILTER);
        read.setResourceId(filter.getId());
        read.setPermissions(new org.camunda.bpm.engine.authorization.Permission[] {Permissions.READ});
        authorizations.saveAuthorization(read);
    }
}
