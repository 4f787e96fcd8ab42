package org.billingtakeover.security;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.billingtakeover.kernel.NamesOfStaff;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The names in the engine's accounts of staff. */
@Component
class NamesInAccounts implements NamesOfStaff {

    private final IdentityService identities;

    NamesInAccounts(@Lazy IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public Map<String, String> of(Collection<String> signInNames) {
        return signInNames.isEmpty()
                ? Map.of()
                : identities.createUserQuery().userIdIn(signInNames.toArray(String[]::new)).list().stream()
                        .collect(Collectors.toMap(User::getId, user -> user.getFirstName() + " " + user.getLastName()));
    }
}
