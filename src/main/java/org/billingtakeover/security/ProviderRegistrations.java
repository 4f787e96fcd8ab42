package org.billingtakeover.security;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;

/** What the identity providers publish of themselves, read when somebody first needs it: the product starts without them. */
@Component
final class ProviderRegistrations implements ClientRegistrationRepository {

    /** Where people come back to; followed by the provider's id. */
    static final String RETURN = "/sign-in/from/";

    private final Map<String, IdentityProvider> providers;
    private final Map<String, ClientRegistration> read = new ConcurrentHashMap<>();
    private final String publicUrl;

    ProviderRegistrations(IdentityProvider.All providers, @Value("${back-office.public-url}") String publicUrl) {
        this.providers = providers.list().stream().collect(Collectors.toMap(IdentityProvider::id, Function.identity()));
        this.publicUrl = publicUrl;
    }

    boolean isEmpty() {
        return providers.isEmpty();
    }

    IdentityProvider provider(ClientRegistration registration) {
        return Objects.requireNonNull(providers.get(registration.getRegistrationId()));
    }

    /** @throws IllegalArgumentException if the provider cannot be reached, or does not answer as one */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        IdentityProvider provider = providers.get(id);
        return provider == null ? null : read.computeIfAbsent(id, first -> read(provider));
    }

    private ClientRegistration read(IdentityProvider provider) {
        return ClientRegistrations.fromOidcIssuerLocation(provider.issuer())
                .registrationId(provider.id())
                .clientName(provider.name())
                .clientId(provider.clientId())
                .clientSecret(provider.clientSecret())
                .scope(provider.scopes())
                .userNameAttributeName(provider.personClaim())
                // Not taken from the request, whose host somebody else may have chosen.
                .redirectUri(publicUrl + RETURN + provider.id())
                .build();
    }
}
