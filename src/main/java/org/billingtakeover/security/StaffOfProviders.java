package org.billingtakeover.security;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.trail.Sha256;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps an account in the engine for everybody who comes from an identity provider, with the roles and the firm that the provider says
 * at the moment, as far as it may say so.
 */
@Component
class StaffOfProviders {

    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9@.-]{0,35}");

    private static final Logger LOG = LoggerFactory.getLogger(StaffOfProviders.class);

    /** What is kept beside an account that was made for somebody from a provider: the provider's id. */
    private static final String MADE_FOR = "identity-provider";

    private final IdentityService identities;
    private final StaffAccounts accounts;

    StaffOfProviders(IdentityService identities, StaffAccounts accounts) {
        this.identities = identities;
        this.accounts = accounts;
    }

    /** Empty for somebody without a role here, or an accountant without a firm that is known here; what they had is taken. */
    @Transactional
    public Optional<StaffMember> admit(IdentityProvider provider, OidcUser person) {
        String id = userId(provider, person);
        if (isSomebodyElses(id, provider)) {
            LOG.warn(
                    "The account {} was not made for the identity provider of this name; nobody comes to it from there",
                    id);
            return Optional.empty();
        }
        Optional<String> firm = firm(provider, person);
        Set<String> roles = roles(provider, person, firm.isPresent());
        if (roles.isEmpty()) {
            setRoles(id, Set.of());
            setFirm(id, Optional.empty());
            return Optional.empty();
        }
        save(id, provider, person);
        setRoles(id, roles);
        setFirm(id, roles.contains(Role.ACCOUNTANT.group()) ? firm : Optional.empty());
        return accounts.find(id);
    }

    /** Begins with the provider's id, so that no provider can speak for a local account or another provider's people. */
    private static String userId(IdentityProvider provider, OidcUser person) {
        String name = person.getName();
        return provider.id() + "." + (PLAIN.matcher(name).matches() ? name : "_" + digest(name));
    }

    private static String digest(String name) {
        return HexFormat.of().formatHex(Sha256.of(name), 0, 16);
    }

    private Optional<String> firm(IdentityProvider provider, OidcUser person) {
        String firm = provider.firm() == null ? person.getClaimAsString(provider.firmClaim()) : provider.firm();
        return Optional.ofNullable(firm)
                .filter(id -> identities.createTenantQuery().tenantId(id).count() > 0);
    }

    private static Set<String> roles(IdentityProvider provider, OidcUser person, boolean hasFirm) {
        Collection<?> groups = person.getClaim(provider.groupsClaim()) instanceof Collection<?> several
                ? several
                : List.of(Optional.<Object>ofNullable(person.getClaim(provider.groupsClaim()))
                        .orElse(""));
        return Stream.of(Role.values())
                .filter(role -> provider.firm() == null || role == Role.ACCOUNTANT)
                .filter(role -> hasFirm || role != Role.ACCOUNTANT)
                .map(Role::group)
                .filter(groups::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void save(String id, IdentityProvider provider, OidcUser person) {
        User known = identities.createUserQuery().userId(id).singleResult();
        User user = known == null ? identities.newUser(id) : known;
        String first = text(person.getGivenName(), text(person.getFullName(), id));
        String last = text(person.getFamilyName(), "");
        String email = text(person.getEmail(), "");
        if (known != null
                && first.equals(known.getFirstName())
                && last.equals(known.getLastName())
                && email.equals(known.getEmail())) {
            return;
        }
        user.setFirstName(first);
        user.setLastName(last);
        user.setEmail(email);
        if (known == null) {
            // Known to nobody: this account opens at the provider alone.
            user.setPassword(UUID.randomUUID() + "" + UUID.randomUUID());
        }
        ((IdentityServiceImpl) identities).saveUser(user, true);
        if (known == null) {
            identities.setUserInfo(id, MADE_FOR, provider.id());
        }
    }

    /** A local account may be called like one of a provider's people. */
    private boolean isSomebodyElses(String id, IdentityProvider provider) {
        return identities.createUserQuery().userId(id).count() > 0
                && !provider.id().equals(identities.getUserInfo(id, MADE_FOR));
    }

    private void setRoles(String id, Set<String> roles) {
        Set<String> present = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        present.stream().filter(role -> !roles.contains(role)).forEach(role -> identities.deleteMembership(id, role));
        roles.stream().filter(role -> !present.contains(role)).forEach(role -> identities.createMembership(id, role));
    }

    private void setFirm(String id, Optional<String> firm) {
        List<String> present = identities.createTenantQuery().userMember(id).list().stream()
                .map(Tenant::getId)
                .toList();
        present.stream()
                .filter(tenant -> !firm.equals(Optional.of(tenant)))
                .forEach(tenant -> identities.deleteTenantUserMembership(tenant, id));
        firm.filter(tenant -> !present.contains(tenant))
                .ifPresent(tenant -> identities.createTenantUserMembership(tenant, id));
    }

    private static String text(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
