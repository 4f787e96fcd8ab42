package org.billingtakeover.security;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.jspecify.annotations.Nullable;

/** Makes people who can sign in. */
public final class People {

    /** Everybody's, the administrator's too. */
    public static final String PASSWORD = "only-for-tests";

    private final IdentityService identities;

    public People(IdentityService identities) {
        this.identities = identities;
    }

    /** The id of somebody new with this role, at this firm if one is given. */
    public String person(String group, @Nullable String firm) {
        String id = group + System.nanoTime();
        User user = identities.newUser(id);
        user.setFirstName("Test");
        user.setLastName(group);
        user.setPassword(PASSWORD);
        ((IdentityServiceImpl) identities).saveUser(user, true);
        identities.createMembership(id, group);
        if (firm != null) {
            identities.createTenantUserMembership(firm, id);
        }
        return id;
    }
}
