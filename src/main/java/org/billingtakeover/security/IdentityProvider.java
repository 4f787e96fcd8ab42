package org.billingtakeover.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people sign in who have no account here: an identity provider that speaks OpenID Connect.
 *
 * @param id part of its people's user names here, and of the address that they come back to
 * @param name as its people know it
 * @param issuer the address below which it publishes its settings
 * @param firm of a firm's own provider: its people are accountants of that firm and nothing else, whatever it says of them. Null for a
 *     provider that is trusted to tell every role and firm
 * @param personClaim tells people apart; must never pass to somebody else
 * @param groupsClaim names the person's roles
 * @param firmClaim names an accountant's firm
 */
record IdentityProvider(
        String id,
        String name,
        String issuer,
        String clientId,
        String clientSecret,
        @Nullable String firm,
        @DefaultValue("sub") String personClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue("firm") String firmClaim,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes) {

    @Override
    public String toString() {
        return id;
    }

    /** Those that the settings name. */
    @ConfigurationProperties("back-office")
    record All(@Nullable List<IdentityProvider> identityProviders) {

        List<IdentityProvider> list() {
            return identityProviders == null ? List.of() : identityProviders;
        }
    }
}
