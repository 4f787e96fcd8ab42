package org.billingtakeover.security;

import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.security.Staff.Person;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings roles, firms as tenants, people and rights into the engine at every start, adding what is missing. The rights of a role are
 * set anew each time: this class and {@link Role} are the one place where they are decided.
 */
@Component
@EnableConfigurationProperties({Staff.class, IdentityProvider.All.class})
class SetUpIdentities {

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final Accounts accounts;
    private final Staff staff;
    private final RoleFilters filters;
    private final boolean production;

    SetUpIdentities(
            IdentityService identities,
            AuthorizationService authorizations,
            Accounts accounts,
            Staff staff,
            RoleFilters filters,
            Environment environment) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.accounts = accounts;
        this.staff = staff;
        this.filters = filters;
        this.production = environment.acceptsProfiles(Profiles.of("production"));
    }

    /** @throws IllegalStateException if nobody would be an administrator: then anybody could make themselves one */
    @EventListener(ApplicationStartedEvent.class)
    @Order(10)
    @Transactional
    public void setUp() {
        for (Role role : Role.values()) {
            addGroup(role);
        }
        for (Firm firm : accounts.firms()) {
            addTenant(firm);
        }
        staff.people().forEach(this::addPerson);
        for (Role role : Role.values()) {
            grant(role);
        }
        filters.setUp();
        if (identities
                        .createUserQuery()
                        .memberOfGroup(Role.ADMINISTRATOR.group())
                        .count()
                == 0) {
            throw new MissingSettings(List.of("Nobody is an administrator. Set BACK_OFFICE_ADMIN_ID and"
                    + " BACK_OFFICE_ADMIN_PASSWORD, so that nobody else can make themselves one."));
        }
    }

    private void addGroup(Role role) {
        Group present = identities.createGroupQuery().groupId(role.group()).singleResult();
        if (present == null || !role.title().equals(present.getName())) {
            Group group = present == null ? identities.newGroup(role.group()) : present;
            group.setName(role.title());
            group.setType("WORKFLOW");
            identities.saveGroup(group);
        }
    }

    private void addTenant(Firm firm) {
        if (identities.createTenantQuery().tenantId(firm.id().text()).count() == 0) {
            Tenant tenant = identities.newTenant(firm.id().text());
            tenant.setName(firm.name());
            identities.saveTenant(tenant);
        }
        for (Role role : Role.values()) {
            boolean member = identities
                            .createTenantQuery()
                            .tenantId(firm.id().text())
                            .groupMember(role.group())
                            .count()
                    > 0;
            if (role.reachesAllFirms() && !member) {
                identities.createTenantGroupMembership(firm.id().text(), role.group());
            }
        }
    }

    private void addPerson(Person person) {
        if (identities.createUserQuery().userId(person.id()).count() > 0) {
            return;
        }
        User user = identities.newUser(person.id());
        user.setFirstName(person.firstName());
        user.setLastName(person.lastName());
        user.setEmail(person.email());
        user.setPassword(person.password());
        if (production
                && !identities
                        .checkPasswordAgainstPolicy(person.password(), user)
                        .isValid()) {
            throw new MissingSettings(
                    List.of(
                            "The password of " + person.id() + " is too easy to guess: it needs 10"
                                    + " characters or more, small and capital letters, a digit and another sign, and not the user name."));
        }
        // The demo's passwords are public, so that nobody has to guess.
        ((IdentityServiceImpl) identities).saveUser(user, true);
        person.roles().forEach(group -> identities.createMembership(person.id(), group));
        if (person.firm() != null) {
            identities.createTenantUserMembership(person.firm(), person.id());
        }
    }

    private void grant(Role role) {
        for (String application : role.applications()) {
            grant(role, Resources.APPLICATION, application, Permissions.ACCESS);
        }
        for (String process : role.works()) {
            grant(
                    role,
                    Resources.PROCESS_DEFINITION,
                    process,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_TASK,
                    ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                    // Tasklist asks for what it shows beside tasks as if it were the whole case's.
                    ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                    // Comments and the history of a task are shown to those who may read history.
                    ProcessDefinitionPermissions.READ_HISTORY,
                    ProcessDefinitionPermissions.TASK_WORK);
        }
        switch (role) {
            case BILLING_OPERATIONS -> grantOnProcesses(role, ProcessDefinitionPermissions.RETRY_JOB);
            case PROCESS_OWNER -> {
                grantOnProcesses(role, ProcessDefinitionPermissions.MIGRATE_INSTANCE);
                grant(role, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ);
                // No right to deploy: an expression in a diagram is code of the product. It comes with a release alone.
                grant(role, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ);
            }
            case AUDITOR -> {
                grantOnProcesses(
                        role,
                        ProcessDefinitionPermissions.READ_HISTORY,
                        ProcessDefinitionPermissions.READ_HISTORY_VARIABLE);
                grant(
                        role,
                        Resources.DECISION_DEFINITION,
                        Authorization.ANY,
                        Permissions.READ,
                        Permissions.READ_HISTORY);
            }
            // People and where they belong; what a role may do is set here alone.
            case ADMINISTRATOR -> {
                for (Resource resource : List.of(
                        Resources.USER, Resources.GROUP_MEMBERSHIP, Resources.TENANT_MEMBERSHIP, Resources.FILTER)) {
                    grant(role, resource, Authorization.ANY, Permissions.ALL);
                }
                grant(role, Resources.GROUP, Authorization.ANY, Permissions.READ);
                grant(role, Resources.TENANT, Authorization.ANY, Permissions.READ);
            }
            case ACCOUNTANT, CLIENT_SUPPORT -> {}
        }
    }

    /** To see all cases in Cockpit, and more. */
    private void grantOnProcesses(Role role, Permission... more) {
        Permission[] all = Stream.concat(
                        Stream.of(
                                ProcessDefinitionPermissions.READ,
                                ProcessDefinitionPermissions.READ_INSTANCE,
                                ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE),
                        Stream.of(more))
                .toArray(Permission[]::new);
        grant(role, Resources.PROCESS_DEFINITION, Authorization.ANY, all);
    }

    private void grant(Role role, Resource resource, String id, Permission... permissions) {
        Authorization existing = authorizations
                .createAuthorizationQuery()
                .groupIdIn(role.group())
                .resourceType(resource)
                .resourceId(id)
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .singleResult();
        Authorization granted =
                existing == null ? authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT) : existing;
        granted.setGroupId(role.group());
        granted.setResource(resource);
        granted.setResourceId(id);
        granted.setPermissions(permissions);
        authorizations.saveAuthorization(granted);
    }
}
