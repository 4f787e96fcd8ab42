package org.billingtakeover.security;

import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** Somebody who signed in at an identity provider, with what it takes to ask the provider again. */
final class SignedInByProvider extends AbstractAuthenticationToken {

    private final StaffMember member;
    private final transient OAuth2AuthorizedClient tokens;
    private final transient OidcIdToken said;

    SignedInByProvider(StaffMember member, OAuth2AuthorizedClient tokens, OidcIdToken said) {
        super(StaffAccounts.authorities(member));
        this.member = member;
        this.tokens = tokens;
        this.said = said;
        setAuthenticated(true);
    }

    @Override
    public StaffMember getPrincipal() {
        return member;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof SignedInByProvider session && session.said.equals(said);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    OAuth2AuthorizedClient tokens() {
        return tokens;
    }

    OidcIdToken said() {
        return said;
    }
}
