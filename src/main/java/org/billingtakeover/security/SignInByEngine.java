package org.billingtakeover.security;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.billingtakeover.account.StaffMember;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;

/** Local accounts: the engine keeps them, checks the password, and slows down whoever guesses. */
@Component
class SignInByEngine implements AuthenticationProvider {

    private final IdentityService identities;

    SignInByEngine(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String id = attempt.getName();
        if (!identities.checkPassword(id, String.valueOf(attempt.getCredentials()))) {
            throw new BadCredentialsException("User name or password is wrong.");
        }
        StaffMember member = member(id);
        List<String> authorities =
                member.groups().stream().map(group -> "ROLE_" + group).toList();
        return UsernamePasswordAuthenticationToken.authenticated(
                member, null, AuthorityUtils.createAuthorityList(authorities));
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }

    private StaffMember member(String id) {
        User user = identities.createUserQuery().userId(id).singleResult();
        Set<String> groups = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        return new StaffMember(id, user.getFirstName() + " " + user.getLastName(), firmOf(id, groups), groups);
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
