package org.billingtakeover.security;

import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** Somebody who signed in at an identity provider, with what it takes to ask the provider again; no secret of the product is in it. */
final class SignedInByProvider extends AbstractAuthenticationToken {

    private final StaffMember member;
    private final String provider;
    private final OAuth2AccessToken access;
    private final @Nullable OAuth2RefreshToken refresh;
    private final OidcIdToken said;

    /** @param refresh null where the provider gives none */
    SignedInByProvider(
            StaffMember member,
            String provider,
            OAuth2AccessToken access,
            @Nullable OAuth2RefreshToken refresh,
            OidcIdToken said) {
        super(StaffAccounts.authorities(member));
        this.member = member;
        this.provider = provider;
        this.access = access;
        this.refresh = refresh;
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

    String provider() {
        return provider;
    }

    OAuth2AccessToken access() {
        return access;
    }

    @Nullable
    OAuth2RefreshToken refresh() {
        return refresh;
    }

    OidcIdToken said() {
        return said;
    }
}
