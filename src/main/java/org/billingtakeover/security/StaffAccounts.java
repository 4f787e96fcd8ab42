package org.billingtakeover.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.billingtakeover.account.StaffMember;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

/** The engine's accounts of staff, as they are now. */
@Component
class StaffAccounts {

    private final IdentityService identities;

    StaffAccounts(IdentityService identities) {
        this.identities = identities;
    }

    boolean isPassword(String id, String password) {
        return identities.checkPassword(id, password);
    }

    /** Empty when the account is gone. */
    Optional<StaffMember> find(String id) {
        return Optional.ofNullable(identities.createUserQuery().userId(id).singleResult())
                .map(user -> {
                    Set<String> groups = identities.createGroupQuery().groupMember(id).list().stream()
                            .map(Group::getId)
                            .collect(Collectors.toCollection(TreeSet::new));
                    return new StaffMember(
                            id, user.getFirstName() + " " + user.getLastName(), firmOf(id, groups), groups);
                });
    }

    static Authentication signedIn(StaffMember member) {
        return UsernamePasswordAuthenticationToken.authenticated(member, null, authorities(member));
    }

    static List<GrantedAuthority> authorities(StaffMember member) {
        return AuthorityUtils.createAuthorityList(
                member.groups().stream().map(group -> "ROLE_" + group).toList());
    }

    /** Whoever has no role that reaches every firm sees their own firm only, and without one, none. */
    private @Nullable String firmOf(String id, Set<String> groups) {
        for (Role role : Role.values()) {
            if (role.reachesAllFirms() && groups.contains(role.group())) {
                return null;
            }
        }
        return identities.createTenantQuery().userMember(id).list().stream()
                .map(Tenant::getId)
                .findFirst()
                .orElse("");
    }
}
