package org.billingtakeover.security;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
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
        return user(id).map(this::member);
    }

    /** The session of whoever proved to be this person; empty when the account is gone. */
    Optional<Authentication> signedIn(String id) {
        return user(id).map(user -> {
            StaffMember member = member(user);
            UsernamePasswordAuthenticationToken session =
                    UsernamePasswordAuthenticationToken.authenticated(member, null, authorities(member));
            session.setDetails(new PasswordSet(((UserEntity) user).getSalt()));
            return session;
        });
    }

    /** The session as it is now; empty when the account is gone or its password was set anew. */
    Optional<Authentication> renew(Authentication session) {
        return signedIn(((StaffMember) session.getPrincipal()).id())
                .filter(now -> Objects.equals(now.getDetails(), session.getDetails()));
    }

    private Optional<User> user(String id) {
        return Optional.ofNullable(identities.createUserQuery().userId(id).singleResult());
    }

    private StaffMember member(User user) {
        String id = user.getId();
        Set<String> groups = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        List<Role> roles = Stream.of(Role.values())
                .filter(role -> groups.contains(role.group()))
                .toList();
        Set<Right> rights = EnumSet.noneOf(Right.class);
        roles.forEach(role -> rights.addAll(role.rights()));
        return new StaffMember(id, user.getFirstName() + " " + user.getLastName(), firmOf(id, roles), rights);
    }

    static List<GrantedAuthority> authorities(StaffMember member) {
        return AuthorityUtils.createAuthorityList(
                member.rights().stream().map(Right::name).toList());
    }

    /** Whoever has no role that reaches every firm sees their own firm only, and without one, none. */
    private @Nullable FirmId firmOf(String id, List<Role> roles) {
        if (roles.stream().anyMatch(Role::reachesAllFirms)) {
            return null;
        }
        return identities.createTenantQuery().userMember(id).list().stream()
                .map(Tenant::getId)
                .findFirst()
                .map(FirmId::new)
                .orElse(StaffMember.NO_FIRM);
    }

    /** Which setting of the password a session began with: the engine takes a new salt each time. */
    private record PasswordSet(String salt) implements Serializable {

        @Override
        public String toString() {
            return "PasswordSet";
        }
    }
}
